"""Runs ceteris and the peers that PyPI offers on the same files, interleaved, and writes docs/performance.md.

    cargo build --release --example absorption
    python3 benches/peers/run.py 1e5 1e6             # or 1e7; --resume goes on with an interrupted run

The peers are installed in a virtual environment (benches/peers/venv, or $PEERS_VENV) unless it is there; files
and results lie in benches/peers/data, or $PEERS_DATA. Each measurement is a process of its own. Its time is
the best CPU time of its fits, from columns in memory to a table of coefficients with clustered standard errors;
the table shows the best of the rounds.
"""
import json
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ENVIRONMENT = Path(os.environ.get("PEERS_VENV", HERE / "venv"))
FILES = Path(os.environ.get("PEERS_DATA", HERE / "data"))
OURS = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/examples/absorption"
PACKAGES = {"fereg": "0.4.1", "pyfixest": "0.60.0", "polars-reg": "0.1.4", "linearmodels": "7.1", "pyarrow": "26.0.1"}
THREADS = ("RAYON_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS",
           "POLARS_MAX_THREADS", "MKL_NUM_THREADS")
ROUNDS = 2
PATIENCE = {1e5: 15, 1e6: 60, 1e7: 240}  # seconds for one process, by the least size that the problem fits in
SLOW = 5            # a program whose fit takes longer is measured once
HOPELESS = 8        # and beyond this at one size it is not tried at the next


def name_of(rows):
    return f"{rows:.0e}".replace("e+0", "e")


def patience(rows):
    return next((seconds for size, seconds in PATIENCE.items() if rows <= 1.1 * size), max(PATIENCE.values()))


def file_of(problem, rows):
    path = FILES / f"{problem}_{name_of(rows)}.parquet"
    if not path.exists():
        from problems import generate
        FILES.mkdir(parents=True, exist_ok=True)
        generate(problem, int(rows)).to_parquet(path.with_suffix(".part"), index=False)
        path.with_suffix(".part").rename(path)
    return path


def run(program, threads, problem, path, patience):
    """One process: what it measured, or {"refused": why}."""
    from problems import PROBLEMS
    command = [sys.executable, str(HERE / "programs.py"), program, problem, str(path)]
    if program == "ceteris":
        shape = PROBLEMS[problem]
        weights = ["--weights", shape.weights] if shape.weights else []
        command = [str(OURS), "fit", str(path), shape.formula, "--cluster", shape.cluster, *weights]
    environment = {**os.environ, **{name: str(threads) for name in THREADS}}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=patience, env=environment)
    except subprocess.TimeoutExpired:
        return dict(refused=f"over {patience} s")
    try:
        return json.loads(done.stdout.splitlines()[-1])
    except (IndexError, json.JSONDecodeError):
        return dict(refused="failed", why=done.stderr.strip()[-400:])


class Results:
    """What has been measured, kept on disk after each process."""

    def __init__(self, resume):
        self.path = FILES / "results.json"
        self.known = json.loads(self.path.read_text()) if resume and self.path.exists() else {}

    def measure(self, program, threads, problem, rows, round):
        key = f"{problem} {name_of(rows)} | {program} | {threads} threads | round {round}"
        if key not in self.known:
            self.known[key] = run(program, threads, problem, file_of(problem, rows), patience(rows))
            self.path.write_text(json.dumps(self.known, indent=1))
            found = self.known[key]
            print(key, found.get("refused") or f"{found['cpu']:.4f} s CPU, {found['seconds']:.4f} s", flush=True)
        return self.known[key]


def compare(results, problem, rows, programs, hopeless):
    """The best of the rounds by program and number of threads; one round after the other, so that all share the day."""
    best = {}
    for round in range(ROUNDS):
        for program, threads in programs:
            held = best.get((program, threads), {})
            if held.get("refused") or held.get("cpu", 0) > SLOW:
                continue
            if (problem, program) in hopeless:
                best[program, threads] = dict(refused=f"not run ({hopeless[problem, program]})")
                continue
            found = results.measure(program, threads, problem, rows, round)
            if not held or found.get("refused") or found["cpu"] < held["cpu"]:
                both = {key: min(found[key], held[key]) for key in ("cpu", "seconds") if key in found and held}
                best[program, threads] = {**found, **both}
    for program, threads in programs:
        found = best[program, threads]
        if found.get("refused", "").startswith("over"):
            hopeless[problem, program] = f"{found['refused']} at {name_of(rows)}"
        elif found.get("cpu", 0) > HOPELESS:
            hopeless[problem, program] = f"{found['cpu']:.0f} s at {name_of(rows)}"
    return best


def main(arguments):
    resume = "--resume" in arguments
    sizes = sorted(float(word) for word in arguments if not word.startswith("--")) or [1e5, 1e6]
    python = ENVIRONMENT / "bin/python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
        packages = [f"{name}=={version}" for name, version in PACKAGES.items()]
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    if Path(sys.prefix).resolve() != ENVIRONMENT.resolve():
        os.execv(python, [str(python), __file__, *arguments])
    if not OURS.exists():
        sys.exit(f"{OURS} is missing: cargo build --release --example absorption")
    from problems import PROBLEMS, SCREENING_ROWS
    from programs import PEERS
    from report import write
    FILES.mkdir(parents=True, exist_ok=True)
    programs = [("ceteris", 1), *((peer, 1) for peer in PEERS), ("ceteris", 2), ("fereg", 2)]
    results, hopeless, rows_done, start = Results(resume), {}, [], time.time()
    for problem, rows in [("screening", SCREENING_ROWS)] + [(p, n) for n in sizes for p in PROBLEMS if p != "screening"]:
        best = compare(results, problem, rows, programs, hopeless)
        label = "screening model 1" if problem == "screening" else f"{problem}, {name_of(rows)}"
        rows_done.append((label, best))
        write(ROOT / "docs/performance.md", rows_done, list(PEERS), sizes, PACKAGES)
    print(f"{time.time() - start:.0f} s in all")


if __name__ == "__main__":
    main(sys.argv[1:])
