"""Runs ceteris and the peers that PyPI offers on the same files, interleaved, and writes docs/performance.md.

    cargo build --release --example absorption
    python3 benches/peers/run.py 1e5 1e6

The peers are installed in a virtual environment (benches/peers/venv, or $PEERS_VENV) unless it is there.
Each program runs in a process of its own with one thread; a time is the best CPU time of several fits in the
process, from columns in memory to a table of coefficients with standard errors clustered by the first effect.
The data are ports of `base_dgp` (kylebutts/fixest_benchmarks, pyfixest) and of fixest's "difficult" data.
"""
import json, os, resource, subprocess, sys, time, venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ENVIRONMENT = Path(os.environ.get("PEERS_VENV", HERE / "venv"))
FILES = Path(os.environ.get("PEERS_DATA", HERE / "data"))
OURS = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/examples/absorption"
PEERS = {"fereg": "fereg", "pyfixest": "pyfixest", "polars_reg": "polars-reg", "linearmodels": "linearmodels"}
ONE_THREAD = {name: "1" for name in ("RAYON_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS",
                                     "NUMBA_NUM_THREADS", "POLARS_MAX_THREADS", "MKL_NUM_THREADS")}
PROBLEMS = ("simple", "difficult", "near_chain")
FITS, ROUNDS, PATIENCE = 3, 2, 150


def generate(problem, rows):
    import numpy, pandas
    random = numpy.random.default_rng(rows + PROBLEMS.index(problem))
    if problem == "near_chain":
        firms, years = round(rows / 160), round(rows**0.3)
        a = random.integers(1, rows // 20 + 1, rows)
        b = numpy.minimum(random.integers(0, 21, rows) + numpy.maximum(1, a // 8 - 10), firms)
        c = random.integers(1, years + 1, rows)
        x = 5 * (numpy.cos(a) + numpy.sin(b) + numpy.sin(c)) + random.random(rows)
        y = 3 * x + numpy.cos(a) + numpy.cos(b) ** 2 + numpy.sin(c) + random.standard_normal(rows)
    else:
        workers = rows // 10
        firms = round(workers / 23)
        a, c = numpy.repeat(numpy.arange(1, workers + 1), 10), numpy.tile(numpy.arange(1, 11), workers)
        b = random.integers(1, firms + 1, rows) if problem == "simple" else numpy.arange(rows) % firms + 1
        x = random.standard_normal(rows)
        effects = [random.standard_normal(levels.max() + 1)[levels] for levels in (a, b, c)]
        y = x + sum(effects) + random.standard_normal(rows)
    return pandas.DataFrame(dict(y=y, x=x, a=a, b=b, c=c))


def files(problem, rows):
    stem = FILES / f"{problem}_{rows}"
    if not stem.with_suffix(".csv").exists():
        FILES.mkdir(parents=True, exist_ok=True)
        data = generate(problem, rows)
        data.to_parquet(stem.with_suffix(".parquet"), index=False)
        data.to_csv(stem.with_suffix(".csv"), index=False, float_format="%.17g")
    return stem


def fit_with(peer, path):
    """A function that fits once and returns the coefficient; what it needs is in memory already."""
    import pandas
    data = pandas.read_parquet(path)
    if peer == "pyfixest":
        import pyfixest
        return lambda: pyfixest.feols("y ~ x | a + b + c", data, vcov={"CRV1": "a"}, fixef_rm="singleton").coef()["x"]
    if peer == "fereg":
        import fereg
        return lambda: fereg.feols("y ~ x | a + b + c", data, vcov={"CRV1": "a"}).coef()["x"]
    if peer == "polars_reg":
        import polars, polars_reg
        frame = polars.from_pandas(data)
        return lambda: polars_reg.ols("y ~ x | a + b + c", frame, cluster="a").coefficients[0]
    from linearmodels.iv.absorbing import AbsorbingLS
    effects = data[["a", "b", "c"]].astype("category")
    return lambda: AbsorbingLS(data["y"], data[["x"]], absorb=effects).fit(
        cov_type="clustered", clusters=data["a"]).params["x"]


def peer_process(peer, path):
    fit = fit_with(peer, path)
    best, wall = float("inf"), float("inf")
    for _ in range(FITS):
        start, cpu = time.perf_counter(), time.process_time()
        estimate = float(fit())
        best, wall = min(best, time.process_time() - cpu), min(wall, time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(dict(seconds=wall, cpu=best, peak=peak, estimate=estimate)))


def run(program, stem):
    python = str(ENVIRONMENT / "bin/python")
    command = [python, __file__, "--peer", program, f"{stem}.parquet"]
    if program == "ceteris":
        command = [str(OURS), f"{stem}.csv", "y ~ x | a + b + c", str(FITS)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, env={**os.environ, **ONE_THREAD})
        return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else done.stderr.strip()[-200:]
    except subprocess.TimeoutExpired:
        return f"over {PATIENCE} s"


def report(sizes):
    import importlib.metadata as metadata
    programs = ["ceteris", *PEERS]
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PEERS.values())
    lines = ["# Performance", "",
             "Written by `python3 benches/peers/run.py " + " ".join(f"{n:.0e}".replace("e+0", "e") for n in sizes) +
             "`: every program on the same files in one run, interleaved, one thread each. CPU seconds from columns in",
             "memory to a clustered table, best of several fits; in brackets the multiple of ours. Machines differ and so",
             "do their days: the ratios are what to read.", "",
             f"Peers: {versions}.", "",
             "| problem | " + " | ".join(programs) + " |", "|---" * (len(programs) + 1) + "|"]
    peaks = ["", "Peak memory of the process in MiB, reading the file included:", "",
             "| problem | " + " | ".join(programs) + " |", "|---" * (len(programs) + 1) + "|"]
    apart = ["", "Distance of the coefficient from ours:", "",
             "| problem | " + " | ".join(programs) + " |", "|---" * (len(programs) + 1) + "|"]
    for rows in sizes:
        for problem in PROBLEMS:
            stem, best, dead = files(problem, int(rows)), {}, {}
            for _ in range(ROUNDS):
                for program in programs:
                    if program in dead:
                        continue
                    found = run(program, stem)
                    if isinstance(found, str):
                        dead[program] = found
                        print(program, problem, found, file=sys.stderr)
                    elif program not in best or found["cpu"] < best[program]["cpu"]:
                        best[program] = found
            ours = best["ceteris"]
            label = f"{problem}, {rows:.0e}".replace("e+0", "e")
            def cell(program, show):
                return show(best[program]) if program in best else "over time" if "over" in dead[program] else "failed"
            row = lambda show: f"| {label} | " + " | ".join(cell(program, show) for program in programs) + " |"
            lines.append(row(lambda r: f"{r['cpu']:.3f} ({r['cpu'] / ours['cpu']:.1f})"))
            peaks.append(row(lambda r: f"{r['peak']:.0f}"))
            apart.append(row(lambda r: f"{abs(r['estimate'] - ours['estimate']):.0e}"))
            print(lines[-1], flush=True)
    notes = (ROOT / "benches/peers/notes.md").read_text().splitlines()
    (ROOT / "docs/performance.md").write_text("\n".join(lines + peaks + apart + [""] + notes) + "\n")


def main(arguments):
    if arguments[:1] == ["--peer"]:
        return peer_process(*arguments[1:])
    python = ENVIRONMENT / "bin/python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "pyarrow", *PEERS.values()], check=True)
    if Path(sys.prefix).resolve() != ENVIRONMENT.resolve():
        os.execv(python, [str(python), __file__, *arguments])
    report([float(word) for word in arguments or ["1e5", "1e6"]])


main(sys.argv[1:])
