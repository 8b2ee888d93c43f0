"""Honest intervals by moderndid 0.2.0 (port of HonestDiD) for the paths of this folder.

Usage: honest.py CASE RESULTS.csv [MEDICAID.csv]; the case `medicaid` is estimated here from the file named.
"""

import csv
import json
import sys

import numpy as np
from moderndid.didhonest import arp_nuisance, compute_flci, construct_original_cs
from moderndid.didhonest.delta.rm.rm import _create_relative_magnitudes_constraint_matrix as rm_matrix

KAPPA, ALPHA, GRID = 0.005, 0.05, 1000


def read_path(case):
    rows = [[float(x) for x in row] for row in list(csv.reader(open(f"{case}.csv")))[1:]]
    table = np.array(rows)
    return table[:, 0], table[:, 1], table[:, 2:]


def medicaid(file):
    """dins ~ i(year, 2013):treated | stfips + year, cluster stfips, fixest's small-sample correction."""
    rows = [r for r in csv.DictReader(open(file)) if int(r["year"]) < 2016 and r["yexp2"] not in ("2015", "2015.0")]
    treated = np.array([r["yexp2"] in ("2014", "2014.0") for r in rows], float)
    years, states = np.array([int(r["year"]) for r in rows]), np.array([r["stfips"] for r in rows])
    y = np.array([float(r["dins"]) for r in rows])
    event = [t for t in sorted(set(years)) if t != 2013]
    x = np.column_stack([(years == t) * treated for t in event])
    effects = np.column_stack([states == s for s in sorted(set(states))] + [years == t for t in sorted(set(years))[1:]])
    within = lambda a: a - effects @ np.linalg.lstsq(effects.astype(float), a, rcond=None)[0]
    x, y = within(x), within(y)
    bread = np.linalg.inv(x.T @ x)
    beta = bread @ x.T @ y
    u = y - x @ beta
    sums = np.array([x[states == s].T @ u[states == s] for s in sorted(set(states))])
    n, g, k = len(y), len(sums), x.shape[1] + len(set(years))
    return np.array(event) - 2014, beta, bread @ sums.T @ sums @ bread * (n - 1) / (n - k) * g / (g - 1)


def one_difference(beta, sigma, lags, weights, bound, first, sign, grid):
    """The set accepted where the difference that starts at place `first` is the largest, with this sign."""
    leads = len(beta) - lags
    # moderndid counts s from the reference, and its own loop leaves out the earliest difference: s is shifted here.
    s = first - leads
    if s >= -(leads - 1):
        matrix = rm_matrix(leads, lags, bound, s, sign > 0)
    else:
        later = rm_matrix(leads, lags, bound, s + 1, sign > 0)
        plain = rm_matrix(leads, lags, 0.0, s + 1, sign > 0)
        post = np.any(later[:, leads:] != 0, axis=1)
        moved = np.zeros((post.sum(), leads + lags))
        moved[:, 0], moved[:, 1] = sign * bound, -sign * bound
        matrix = plain[np.any(plain[:, leads:] != 0, axis=1)] + moved
    post = np.where(np.any(matrix[:, leads:] != 0, axis=1))[0]
    result = arp_nuisance.compute_arp_nuisance_ci(
        betahat=beta, sigma=sigma, l_vec=weights.reshape(-1, 1), a_matrix=matrix, d_vec=np.zeros(len(matrix)),
        num_pre_periods=leads, num_post_periods=lags, alpha=ALPHA, hybrid_flag="LF",
        hybrid_list={"hybrid_kappa": KAPPA}, grid_lb=grid[0], grid_ub=grid[-1], grid_points=GRID, rows_for_arp=post)
    return grid[result.accept_grid[:, 1] > 0]


def relative_magnitudes(beta, sigma, lags, weights, bound):
    leads = len(beta) - lags
    steps = np.diff(np.append(beta[:leads], 0.0))
    sd = np.sqrt(weights @ sigma[leads:, leads:] @ weights)
    half = bound * np.arange(1, lags + 1) @ np.abs(weights) * np.abs(steps).max() + 20 * sd
    grid = np.linspace(beta[leads:] @ weights - half, beta[leads:] @ weights + half, GRID)
    accepted = []
    for first in range(leads):
        for sign in (1, -1):
            # A difference of significantly the other sign accepts nothing; moderndid would try every point.
            deviation = sigma[first, first] if first == leads - 1 else (
                sigma[first, first] + sigma[first + 1, first + 1] - 2 * sigma[first, first + 1])
            if sign * steps[first] < -4 * np.sqrt(deviation):
                continue
            points = one_difference(beta, sigma, lags, weights, bound, first, sign, grid)
            accepted.append((first, points))
    every = np.concatenate([points for _, points in accepted])
    shipped = np.concatenate([points for first, points in accepted if first > 0])
    return every.min(), every.max(), shipped.min(), shipped.max(), grid[1] - grid[0]


def main():
    case, target = sys.argv[1:3]
    times, beta, sigma = medicaid(sys.argv[3]) if case == "medicaid" else read_path(case)
    lags = int((times >= 0).sum())
    settings = json.load(open("cases.json"))[case]
    if case == "medicaid":
        print(beta, np.sqrt(np.diag(sigma)))
    with open(target, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["case", "restriction", "weights", "bound", "low", "high", "shipped_low", "shipped_high", "step"])
        for weights in settings["weights"]:
            name, w = " ".join(map(repr, weights)), np.array(weights)
            original = construct_original_cs(beta, sigma, len(beta) - lags, lags, w.reshape(-1, 1), ALPHA)
            out.writerow([case, "parallel_trends", name, 0.0, float(original.lb), float(original.ub), "", "", ""])
            for bound in settings["smoothness"]:
                low, high = compute_flci(beta, sigma, bound, len(beta) - lags, lags, w, alpha=ALPHA).flci
                out.writerow([case, "smoothness", name, bound, float(low), float(high), "", "", ""])
            for bound in settings["relative_magnitudes"]:
                found = relative_magnitudes(beta, sigma, lags, w, bound)
                out.writerow([case, "relative_magnitudes", name, bound, *map(float, found)])
                file.flush()


main()
