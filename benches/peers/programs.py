"""One regression by one peer, from columns in memory to a clustered table. Prints one line of JSON.

    programs.py PEER PROBLEM FILE

Each function returns what fits once and gives the coefficients; what it needs is in memory already. Its
process is all that it has, so that peak memory and the first call are its own.
"""
import json
import os
import resource
import sys
import time
import warnings

from problems import PROBLEMS

THREADS = int(os.environ.get("RAYON_NUM_THREADS", "1"))
ENOUGH = 0.8  # seconds in which a short fit is repeated


def fereg(problem, data):
    import fereg
    settings = dict(vcov={"CRV1": problem.cluster}, weights=problem.weights, nthreads=THREADS)

    def fit():
        found = fereg.feols(problem.formula, data, **settings)
        found.tidy()
        return found.coef()
    return fit


def pyfixest_by(demeaner):
    def prepare(problem, data):
        import pyfixest
        settings = dict(vcov={"CRV1": problem.cluster}, weights=problem.weights, fixef_rm="singleton",
                        demeaner=getattr(pyfixest, demeaner)())

        def fit():
            found = pyfixest.feols(problem.formula, data, **settings)
            found.tidy()
            return found.coef()
        return fit
    return prepare


def polars_reg(problem, data):
    import polars
    import polars_reg
    frame = polars.from_pandas(data)

    def fit():
        found = polars_reg.ols(problem.formula, frame, cluster=problem.cluster, weights=problem.weights)
        found.coef_table()
        return dict(zip(found.names, found.coefficients))
    return fit


def linearmodels(problem, data):
    from linearmodels.iv.absorbing import AbsorbingLS
    effects = data[list(problem.effects)].astype("category")
    weights = data[problem.weights] if problem.weights else None

    def fit():
        model = AbsorbingLS(data[problem.outcome], data[list(problem.regressors)], absorb=effects, weights=weights)
        found = model.fit(cov_type="clustered", clusters=data[problem.cluster])
        found.std_errors, found.pvalues
        return found.params
    return fit


PEERS = {
    "fereg": fereg,
    "pyfixest (within)": pyfixest_by("LsmrDemeaner"),
    "pyfixest (MAP)": pyfixest_by("MapDemeaner"),
    "polars-reg": polars_reg,
    "linearmodels": linearmodels,
}


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(peer, name, path):
    import pandas
    warnings.simplefilter("ignore")
    problem = PROBLEMS[name]
    columns = [problem.outcome, *problem.regressors, *problem.effects, problem.weights, problem.cluster]
    data = pandas.read_parquet(path, columns=sorted({column for column in columns if column}))
    fit = PEERS[peer](problem, data)
    times, began, largest = [], time.perf_counter(), None
    while not times or time.perf_counter() - began + times[-1][0] < ENOUGH:
        start, cpu = time.perf_counter(), time.process_time()
        coefficients = fit()
        times.append((time.perf_counter() - start, time.process_time() - cpu))
        largest = largest or peak()
    if len(times) == 1 and times[0][0] < 15:  # the first call may have compiled something
        start, cpu = time.perf_counter(), time.process_time()
        coefficients = fit()
        times.append((time.perf_counter() - start, time.process_time() - cpu))
    estimates = {key: float(coefficients[key]) for key in problem.regressors}
    return dict(seconds=min(wall for wall, _ in times), cpu=min(cpu for _, cpu in times), first=times[0][1],
                fits=len(times), peak=largest, estimates=estimates)


if __name__ == "__main__":
    print(json.dumps(measure(*sys.argv[1:])))
