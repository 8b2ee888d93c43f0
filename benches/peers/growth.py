"""Time of one regression as each side of the problem grows: docs/growth.svg, written by

    cargo build --release --example absorption
    python3 benches/peers/growth.py

with the environment that run.py makes. Each point is a process of its own (`absorption shape`): the best CPU
seconds of its fits; for threads, wall seconds.
"""
import json
import math
import os
import subprocess
import sys
from pathlib import Path

from run import ENVIRONMENT, OURS, ROOT, THREADS

PANELS = {
    "rows": [10_000, 30_000, 100_000, 300_000, 1_000_000],
    "effects": [1, 2, 3, 4],
    "regressors": [1, 2, 4, 8, 16, 32],
    "threads": [1, 2],
}
USUAL = {"rows": 300_000, "effects": 3, "regressors": 1, "threads": 1}
ROUNDS = 2
INK = "#1f4e79"


def measure(side, value):
    shape = {**USUAL, side: value}
    if side == "threads":
        shape["regressors"] = 8  # threads share columns
    command = [OURS, "shape", shape["rows"], shape["effects"], shape["regressors"], "auto"]
    environment = {**os.environ, **{name: str(shape["threads"]) for name in THREADS}}
    best = []
    for _ in range(ROUNDS):
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True, env=environment)
        found = json.loads(done.stdout)
        best.append(found["seconds" if side == "threads" else "cpu"])
    print(side, value, f"{min(best):.4f}", flush=True)
    return min(best)


def draw(found, path):
    import matplotlib
    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "growth", "font.family": "sans-serif", "font.size": 9})
    from matplotlib import pyplot
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator
    figure, axes = pyplot.subplots(1, 4, figsize=(9.5, 2.7), layout="constrained")
    for axis, (side, points) in zip(axes, found.items()):
        values, seconds = [int(value) for value in points], list(points.values())
        axis.plot(values, seconds, marker="o", color=INK, markersize=4, linewidth=1.4)
        axis.set_yscale("log")
        if side == "rows":
            axis.set_xscale("log")
        elif side == "regressors":
            axis.set_xscale("log", base=2)
        shown = [value for value in values if side != "rows" or str(value)[0] == "1"]
        axis.xaxis.set_major_locator(FixedLocator(shown))
        axis.xaxis.set_minor_locator(NullLocator())
        axis.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0e}".replace("e+0", "e") if value >= 1000 else f"{value:.0f}"))
        low, high = min(seconds), max(seconds)
        axis.set_ylim(low / 2, high * 2)
        ticks = [tick * 10.0**power for power in range(-4, 3) for tick in (1, 2, 5) if low / 2 <= tick * 10.0**power <= high * 2]
        decades = [tick for tick in ticks if round(math.log10(tick), 9) % 1 == 0]
        axis.yaxis.set_major_locator(FixedLocator(decades if len(decades) > 2 else ticks))
        axis.yaxis.set_minor_locator(NullLocator())
        axis.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axis.set_xlabel(f"{side} (8 regressors)" if side == "threads" else side)
        axis.set_ylabel("wall seconds" if side == "threads" else "CPU seconds")
        axis.grid(alpha=0.3, linewidth=0.5)
        for edge in ("top", "right"):
            axis.spines[edge].set_visible(False)
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    figure.savefig(os.environ["GROWTH_PNG"], dpi=110) if "GROWTH_PNG" in os.environ else None


def main():
    python = ENVIRONMENT / "bin/python"
    if not python.exists():
        sys.exit("run benches/peers/run.py first: it makes the environment")
    if Path(sys.prefix).resolve() != ENVIRONMENT.resolve():
        os.execv(python, [str(python), *sys.argv])
    found = {side: {value: measure(side, value) for value in values} for side, values in PANELS.items()}
    draw(found, ROOT / "docs/growth.svg")


if __name__ == "__main__":
    main()
