"""The problems of the comparison, with fixed seeds: ports of public generators, the same design, other numbers.

- screening: a panel of practices like that of the study (all numbers simulated): two services, seven years,
  weights = eligible women, 15,400 practice-indicators beside 28 small levels;
- simple, difficult: `base_dgp` of kylebutts/fixest_benchmarks as pyfixest's benchmarks have it;
- mobility: workers who seldom change firms and then to firms of their own kind: the idea of pyfixest's
  `simulate_akm_panel` at low mobility without its matching function;
- fdiff, fsim: "difficult" and "simple" of fixest's `_BENCHMARK/Data generation.R`.
"""
from dataclasses import dataclass

import numpy
import pandas


@dataclass(frozen=True)
class Problem:
    regressors: tuple = ("x",)
    effects: tuple = ("a", "b", "c")
    outcome: str = "y"
    weights: str | None = None
    cluster: str = "a"

    @property
    def formula(self):
        return f"{self.outcome} ~ {' + '.join(self.regressors)} | {' + '.join(self.effects)}"


PROBLEMS = {
    "screening": Problem(("ddd",), ("prac_ind", "year_ind", "year_multi"), "rate", "denominator", "practice"),
    "simple": Problem(),
    "difficult": Problem(),
    "mobility": Problem(),
    "fdiff": Problem(("x1", "x2")),
    "fsim": Problem(),
}
SCREENING_ROWS = 105_745


def generate(name, rows):
    random = numpy.random.default_rng([rows, list(PROBLEMS).index(name)])
    makers = dict(screening=screening, simple=workers, difficult=workers, mobility=mobility, fdiff=fdiff, fsim=fsim)
    columns = makers[name](random, rows, name)
    return pandas.DataFrame({key: numpy.asarray(column) for key, column in columns.items()})


def outcome(random, x, *effects):
    """x + a normal value for each level of each effect + noise."""
    levels = [random.standard_normal(effect.max() + 1)[effect] for effect in effects]
    return x + sum(levels) + random.standard_normal(len(x))


def workers(random, rows, name):
    count, years = rows // 10, 10
    firms = round(count / 23)
    a, c = numpy.repeat(numpy.arange(1, count + 1), years), numpy.tile(numpy.arange(1, years + 1), count)
    at_random, in_order = random.integers(1, firms + 1, len(a)), numpy.arange(len(a)) % firms + 1
    b = at_random if name == "simple" else in_order
    x = random.standard_normal(len(a))
    return dict(y=outcome(random, x, a, b, c), x=x, a=a, b=b, c=c)


def mobility(random, rows, _, years=10, kind=50, moves=0.02, stays_in_kind=0.9):
    count, firms = rows // years, max(rows // 200, 2 * kind)
    firm, b = random.integers(0, firms, count), []
    for _ in range(years):
        within = numpy.minimum(firm // kind * kind + random.integers(0, kind, count), firms - 1)
        target = numpy.where(random.random(count) < stays_in_kind, within, random.integers(0, firms, count))
        firm = numpy.where(random.random(count) < moves, target, firm)
        b.append(firm)
    a, c = numpy.repeat(numpy.arange(count), years), numpy.tile(numpy.arange(years), count)
    b = numpy.stack(b, axis=1).ravel()
    worker, of_firm = random.standard_normal(count)[a], random.standard_normal(firms)[b]
    x = 0.3 * (worker + of_firm) + random.standard_normal(len(a))
    y = x + worker + of_firm + random.standard_normal(years)[c] + random.standard_normal(len(a))
    return dict(y=y, x=x, a=a, b=b, c=c)


def fdiff(random, rows, _):
    firms, years = round(rows / 160), round(rows**0.3)
    a = random.integers(1, rows // 20 + 1, rows)
    b = numpy.minimum(random.integers(0, 21, rows) + numpy.maximum(1, a // 8 - 10), firms)
    c = random.integers(1, years + 1, rows)
    x1 = 5 * (numpy.cos(a) + numpy.sin(b) + numpy.sin(c)) + random.random(rows)
    x2 = numpy.cos(a) + numpy.sin(b) + numpy.sin(c) + random.standard_normal(rows)
    y = 3 * x1 + 5 * x2 + numpy.cos(a) + numpy.cos(b) ** 2 + numpy.sin(c) + random.standard_normal(rows)
    return dict(y=y, x1=x1, x2=x2, a=a, b=b, c=c)


def fsim(random, rows, _):
    a, b, c = (random.integers(1, levels + 1, rows) for levels in (rows // 20, int(rows**0.5), int(rows**0.33)))
    x = random.standard_normal(rows)
    mean = x + 0.05 * x**2
    for effect in (a, b, c):
        mean = mean + random.standard_normal(effect.max() + 1)[effect]
    count = random.negative_binomial(0.5, 0.5 / (0.5 + numpy.exp(mean)))
    return dict(y=numpy.log(count + 1.0), x=x, a=a, b=b, c=c)


def screening(random, rows, _, practices=7700, groups=208):
    shares = random.dirichlet(numpy.full(groups, 3.0))
    group = numpy.concatenate([numpy.repeat(numpy.arange(groups), 3), random.choice(groups, practices - 3 * groups, p=shares)])
    multi = (random.random(groups) < 0.36).astype(int)[group]
    size = numpy.exp(random.normal(numpy.log(1800) - 0.15, 0.55, practices)).clip(60, 12_000)
    births = 80 * (size / 1800) ** 0.9
    opened = numpy.where(random.random(practices) < 0.015, random.integers(1, 7, practices), 0)
    closed = numpy.where(random.random(practices) < 0.022, random.integers(0, 6, practices), 6)
    level = {1: 82 + random.normal(0, 4.5, practices), 0: 62 + random.normal(0, 5.0, practices)}
    parts = []
    for t in range(7):
        post, present = int(t >= 4), (t >= opened) & (t <= numpy.maximum(opened, closed))
        for indicator in (1, 0):
            women = numpy.round(size * numpy.exp(random.normal(0, 0.05, practices)) * (1 + 0.01 * t))
            denominator = numpy.maximum(20, women) if indicator else numpy.maximum(5, random.poisson(births))
            mean = level[indicator] - 0.25 * t + 0.1 * multi * (t - 3) - 0.65 * multi * post * indicator
            share = numpy.clip((mean + random.normal(0, 1.5, practices)) / 100, 0.1, 0.985)
            number = random.binomial(denominator.astype(int), share)
            part = pandas.DataFrame(dict(practice=numpy.arange(practices), year=2009 + t, indicator=indicator,
                                         multi=multi, post=post, denominator=denominator.astype(float), number=number))
            parts.append(part[present])
    panel = pandas.concat(parts, ignore_index=True)
    extra = max(len(panel) - rows, 0)
    panel = panel.drop(index=random.choice(len(panel), extra, replace=False))
    panel = panel.sort_values(["practice", "indicator", "year"])
    year = panel["year"] - 2009
    return dict(rate=100 * panel["number"] / panel["denominator"], denominator=panel["denominator"],
                ddd=(panel["multi"] * panel["post"] * panel["indicator"]).astype(float), practice=panel["practice"],
                prac_ind=2 * panel["practice"] + panel["indicator"], year_ind=2 * year + panel["indicator"],
                year_multi=2 * year + panel["multi"])
