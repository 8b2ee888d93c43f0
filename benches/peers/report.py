"""docs/performance.md from what was measured."""
from pathlib import Path

NOTES = Path(__file__).resolve().parent / "notes.md"
GROWTH = """## Growth

![CPU seconds of one regression against rows, effects, regressors and threads](growth.svg)

Three effects, one regressor, 300,000 rows, one thread, unless the axis says otherwise; the `simple` design, with
rows / 10, rows / 230, 10 and 50 levels. Written by `python3 benches/peers/growth.py`.
"""


def write(path, rows, peers, sizes, packages):
    words = " ".join(f"{n:.0e}".replace("e+0", "e") for n in sizes)
    versions = ", ".join(f"{name} {version}" for name, version in packages.items() if name != "pyarrow")
    head = f"""# Performance

Written by `python3 benches/peers/run.py {words}`: every program on the same files in one run, one after the
other in turns, each in a process of its own. From columns in memory to a table with clustered standard errors.
Machines differ and so do their days: read the ratios.

Peers: {versions}. pyfixest has two ways to absorb: `LsmrDemeaner` (the crate within) and its default,
`MapDemeaner`.

## Time, one thread

CPU seconds, the best of several fits; in brackets the multiple of ours.
"""
    one = [("ceteris", 1), *((peer, 1) for peer in peers)]
    two = [("ceteris", 1), ("fereg", 1), ("ceteris", 2), ("fereg", 2)]
    named = lambda program: program[0]
    sections = [head, table(rows, one, named, times)]
    sections += ["## Wall seconds, one thread and two\n", table(rows, two, threads, walls)]
    sections += ["## Peak memory\n\nMiB of the process after its first fit, with the data and the program itself "
                 "(an interpreter and its libraries, for the peers).\n", table(rows, one, named, peaks)]
    sections += ["## Distance from our coefficients\n\nThe largest over the regressors. Ours agree with `fereg`'s, which "
                 "are computed in another way, as its column says; the others stop at their own default tolerance.\n",
                 table(rows, one[1:], named, distances)]
    path.write_text("\n".join([*sections, GROWTH, NOTES.read_text()]))


def threads(program):
    return f"{program[0]}, {program[1]} thread{'s' if program[1] > 1 else ''}"


def table(rows, programs, name, show):
    lines = ["| problem | " + " | ".join(name(program) for program in programs) + " |", "|---" * (len(programs) + 1) + "|"]
    for label, best in rows:
        ours = best["ceteris", 1]
        cells = [best[p].get("refused") or show(best[p], ours) for p in programs]
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def number(seconds):
    return f"{seconds:.4f}" if seconds < 0.1 else f"{seconds:.3f}" if seconds < 1 else f"{seconds:.2f}"


def times(found, ours):
    return number(found["cpu"]) + ("" if found is ours else multiple(found, ours))


def multiple(found, ours):
    if "cpu" not in ours:
        return ""
    ratio = found["cpu"] / ours["cpu"]
    return f" ({ratio:.1f})" if ratio < 10 else f" ({ratio:.0f})"


def walls(found, _):
    return number(found["seconds"])


def peaks(found, _):
    return f"{found['peak']:.0f}"


def distances(found, ours):
    if "estimates" not in ours:
        return "ours is missing"
    return f"{max(abs(found['estimates'][key] - value) for key, value in ours['estimates'].items()):.0e}"
