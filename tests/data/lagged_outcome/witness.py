"""Panel and expected values for tests/lagged_outcome, by plain numpy: dense dummies and explicit sums.

Writes `panel.csv` and `expected.csv` beside itself.
"""

import csv
from pathlib import Path

import numpy as np
import scipy
from scipy.stats import ks_2samp

FOLDER = Path(__file__).parent
UNITS, TIMES, REFORM = 60, 7, 5
WITNESS = f"numpy {np.__version__}, scipy {scipy.__version__}"


def make_panel():
    rng = np.random.default_rng(20181)
    rows = []
    for unit in range(UNITS):
        region, treated = unit % 12, int(unit % 3 == 0)
        dose2, dose3 = rng.uniform(0, 1), rng.normal()
        level = rng.normal() - 0.8 * treated
        y = level + rng.normal()
        for time in range(TIMES):
            x = rng.normal()
            y = 0.5 * y + 0.5 * level + 0.3 * x + rng.normal()
            effect = treated * (time >= REFORM) * (1.0 + 0.3 * (time - REFORM) + 0.4 * level)
            weight = int(rng.integers(1, 9))
            rows.append((unit, time, region, treated, dose2, dose3, x, y + effect, weight))
    # Two gaps and a missing outcome, so that rows of different fits differ.
    gone = {(7, 4), (11, 3)}
    return [row for row in rows if (row[0], row[1]) not in gone]


NAMES = ["unit", "time", "region", "treated", "dose2", "dose3", "x", "y", "w"]
ROWS = make_panel()
with open(FOLDER / "panel.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(NAMES)
    writer.writerows([[repr(float(v)) if isinstance(v, float) else v for v in row] for row in ROWS])
DATA = {name: np.array([float(row[j]) for row in ROWS]) for j, name in enumerate(NAMES)}
PLACE = {(int(u), int(t)): i for i, (u, t) in enumerate(zip(DATA["unit"], DATA["time"]))}


def lag_at(time):
    return np.array([DATA["y"][PLACE[(int(u), time)]] if (int(u), time) in PLACE else np.nan for u in DATA["unit"]])


def lag(by):
    pairs = zip(DATA["unit"], DATA["time"])
    return np.array([DATA["y"][PLACE[(int(u), int(t) - by)]] if (int(u), int(t) - by) in PLACE else np.nan for u, t in pairs])


def dummies(values):
    return (values[:, None] == np.unique(values)[None, :]).astype(float)


class Fit:
    """Weighted least squares on dense columns; `rows` are places in the panel."""

    def __init__(self, rows, y, x, effects, free=0):
        w = DATA["w"][rows]
        columns = np.column_stack([x] + [dummies(e) for e in effects]) if effects else x
        self.k = x.shape[1]
        root = np.sqrt(w)[:, None]
        inverse = np.linalg.pinv((root * columns).T @ (root * columns), hermitian=True)
        b = inverse @ (columns.T @ (w * y))
        u = y - columns @ b
        self.rows, self.b = rows, b[: self.k]
        rank = np.linalg.matrix_rank(root * columns)
        # Levels of effects nested in clusters are free, but for one constant.
        parameters = rank - free + (1 if free else 0)
        groups = np.unique(DATA["region"])
        clusters = [DATA["region"][rows] == g for g in groups]
        present = sum(c.any() for c in clusters)
        n = len(rows)
        self.factor = (n - 1) / (n - parameters) * present / (present - 1)
        scores = columns * (w * u)[:, None]
        sums = np.array([scores[c].sum(axis=0) for c in clusters])
        self.influence = (sums @ inverse)[:, : self.k] * np.sqrt(self.factor)


def joint(*fits):
    stacked = np.column_stack([fit.influence for fit in fits])
    return stacked.T @ stacked


OUT = []


def expect(quantity, name, value):
    OUT.append(("lagged_outcome", "weighted, CR1 by region", quantity, name, repr(float(value)), WITNESS))


time, y, treated = DATA["time"], DATA["y"], DATA["treated"]

# The bracket: changes and levels on the same rows.
base, before = lag_at(REFORM - 1), lag_at(REFORM - 2)
post = np.flatnonzero((time >= REFORM) & ~np.isnan(base))
did = Fit(post, (y - base)[post], treated[post, None], [time[post]])
ldv = Fit(post, y[post], np.column_stack([treated, base])[post], [time[post]])
V = joint(did, ldv)
expect("coef", "difference", did.b[0])
expect("std_error", "difference", np.sqrt(V[0, 0]))
expect("coef", "lagged", ldv.b[0])
expect("std_error", "lagged", np.sqrt(V[1, 1]))
expect("covariance", "difference, lagged", V[0, 1])
expect("std_error", "gap", np.sqrt(V[0, 0] + V[1, 1] - 2 * V[0, 1]))
zeros = post[treated[post] == 0]
slope = Fit(zeros, y[zeros], base[zeros, None], [time[zeros]])
expect("coef", "slope", slope.b[0])
expect("std_error", "slope", np.sqrt(joint(slope)[0, 0]))
units = np.unique(DATA["unit"][post])
first = np.array([post[DATA["unit"][post] == u][0] for u in units])
ones, others = base[first[treated[first] == 1]], base[first[treated[first] == 0]]
expect("distance", "lower, unweighted", ks_2samp(ones, others, alternative="greater").statistic)
expect("distance", "higher, unweighted", ks_2samp(ones, others, alternative="less").statistic)

# Three doses and two lags.
both = np.flatnonzero((time >= REFORM) & ~np.isnan(base) & ~np.isnan(before))
doses = Fit(both, y[both], np.column_stack([treated, DATA["dose2"], DATA["dose3"], base, before])[both], [time[both]])
V = joint(doses)
for j, name in enumerate(["treated", "dose2", "dose3"]):
    expect("coef", f"doses {name}", doses.b[j])
    expect("std_error", f"doses {name}", np.sqrt(V[j, j]))
expect("f", "doses", doses.b[:3] @ np.linalg.solve(V[:3, :3], doses.b[:3]) / 3)

# Effects by time: event times 0 and 1.
path = Fit(post, y[post], np.column_stack([treated * (time == 5), treated * (time == 6), base])[post], [time[post]])
V = joint(path)
for j in range(2):
    expect("coef", f"path {j}", path.b[j])
    expect("std_error", f"path {j}", np.sqrt(V[j, j]))
expect("covariance", "path", V[0, 1])

# Regression adjustment: lag, covariate and time, treated and controls apart.
w, x = DATA["w"], DATA["x"]
adjust = np.column_stack([base, x, (time == 6).astype(float)])
for target, rows in [("treated", post[treated[post] == 1]), ("all", post)]:
    mean_fits = [Fit(rows, adjust[rows, j], np.ones((len(rows), 1)), []) for j in range(3)]
    means = np.array([fit.b[0] for fit in mean_fits])
    centred = (adjust - means) * treated[:, None]
    columns = np.column_stack([treated, base, x, centred])[post]
    fit = Fit(post, y[post], columns, [time[post]])
    V = joint(fit, *mean_fits)
    k = fit.k
    g = np.zeros(V.shape[0])
    g[0] = 1.0
    g[k:] = fit.b[3:6]
    # The same number from two regressions, one in each group.
    predictions = []
    for group in (1, 0):
        mine = post[treated[post] == group]
        full = np.column_stack([np.ones(len(mine)), adjust[mine]])
        root = np.sqrt(w[mine])[:, None]
        b = np.linalg.lstsq(root * full, root[:, 0] * y[mine], rcond=None)[0]
        predictions.append(np.column_stack([np.ones(len(rows)), adjust[rows]]) @ b)
    apart = np.average(predictions[0] - predictions[1], weights=w[rows])
    assert abs(apart - fit.b[0]) < 1e-10
    expect("coef", f"adjusted {target}", apart)
    expect("std_error", f"adjusted {target}, fixed means", np.sqrt(V[0, 0]))
    expect("std_error", f"adjusted {target}, estimated means", np.sqrt(g @ V @ g))

# Half-panel jackknife with unit and time effects: rows at times 1 to 6 with a lag, two halves of three times.
one = lag(1)
dynamic = np.flatnonzero(~np.isnan(one))


def within(rows):
    # Units alone in a level of an effect fit themselves and are dropped.
    while True:
        counts = {u: np.sum(DATA["unit"][rows] == u) for u in np.unique(DATA["unit"][rows])}
        kept = np.array([row for row in rows if counts[DATA["unit"][row]] > 1])
        if len(kept) == len(rows):
            break
        rows = kept
    columns = np.column_stack([x, one])[rows]
    return Fit(rows, y[rows], columns, [DATA["unit"][rows], time[rows]], free=len(np.unique(DATA["unit"][rows])))


parts = [within(dynamic), within(dynamic[time[dynamic] < 4]), within(dynamic[time[dynamic] >= 4])]
V = joint(*parts)
for j, name in enumerate(["x", "y_lag1"]):
    g = np.zeros(6)
    g[[j, 2 + j, 4 + j]] = [2.0, -0.5, -0.5]
    expect("coef", f"jackknife {name}", 2 * parts[0].b[j] - 0.5 * (parts[1].b[j] + parts[2].b[j]))
    expect("std_error", f"jackknife {name}", np.sqrt(g @ V @ g))

with open(FOLDER / "expected.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["case", "model", "quantity", "name", "value", "witness"])
    writer.writerows(OUT)
