"""The path of base_did (fixest 0.14.2, clustered by id) and what scipy and diff-diff say about its leads.

Usage: python make.py 08_event_study_pretrend.json; writes path.csv and expected.csv beside this file.
"""
import csv
import json
import os
import sys

import numpy as np
from scipy import optimize, stats
from diff_diff.pretrends import PreTrendsPower

here = os.path.dirname(os.path.abspath(__file__))
reference = json.load(open(sys.argv[1]))
coefficients = next(r["coef"] for r in reference["results"] if r["label"] == "fixest cluster id")
names = [name for name in coefficients if name.startswith("period::")]
times = np.array([int(name.split(":")[2]) - 6 for name in names])
b = np.array([coefficients[name] for name in names])
V = np.array(reference["vcov_cluster_id"])[1:, 1:]
with open(os.path.join(here, "path.csv"), "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["event_time", "estimate"] + [f"v{t}" for t in times])
    for t, estimate, row in zip(times, b, V):
        writer.writerow([t, repr(float(estimate))] + [repr(float(v)) for v in row])

L = times < 0
x, S, bL, se = (times + 1.0)[L], V[np.ix_(L, L)], b[L], np.sqrt(np.diag(V)[L])
k, z, dof = L.sum(), stats.norm.ppf(0.975), 107
rows = []
nodes, weights = np.polynomial.legendre.leggauss(48)


def box(slope, half):
    """Integral over the box by a product rule of 48^4 points: probability and E(b; box)."""
    grids = [h * nodes for h in half]
    mesh = np.meshgrid(*grids, indexing="ij")
    weight = 1.0
    for h, axis in zip(half, np.meshgrid(*[weights] * k, indexing="ij")):
        weight = weight * axis * h
    points = np.stack([m.ravel() for m in mesh], axis=1)
    density = weight.ravel() * stats.multivariate_normal(slope * x, S).pdf(points)
    return density.sum(), density @ points


def put(quantity, slope, value, witness):
    rows.append([quantity, slope, repr(float(value)), witness])


nu = x @ np.linalg.solve(S, x)
c2, cf = stats.chi2.isf(0.05, k), stats.f.isf(0.05, k, dof)
for slope in (0.0, 0.3, 0.6):
    p, first = box(slope, z * se)
    put("any lead normal", slope, 1 - p, "numpy product quadrature")
    put("joint normal", slope, stats.ncx2.sf(c2, k, slope**2 * nu) if slope else 0.05, "scipy.stats.ncx2")
    put("joint t", slope, stats.ncf.sf(cf, k, dof, slope**2 * nu) if slope else 0.05, "scipy.stats.ncf")
    if slope:
        put("likelihood ratio", slope, stats.multivariate_normal(slope * x, S).pdf(bL)
            / stats.multivariate_normal(0 * x, S).pdf(bL), "scipy.stats.multivariate_normal")
        put("bayes factor", slope, p / box(0.0, z * se)[0], "numpy product quadrature")
        shift = np.linalg.solve(S, first / p - slope * x)
        for t, conditional in zip(times, slope * (times + 1) + V[:, L] @ shift):
            put(f"conditional bias {t}", slope, conditional, "numpy product quadrature")
for power in (0.5, 0.8):
    root = optimize.brentq(lambda g: stats.ncx2.sf(c2, k, g * g * nu) - power, 1e-3, 10, xtol=1e-13)
    put("slope of joint normal", power, root, "scipy.stats.ncx2 and brentq")
    root = optimize.brentq(lambda g: stats.ncf.sf(cf, k, dof, g * g * nu) - power, 1e-3, 10, xtol=1e-13)
    put("slope of joint t", power, root, "scipy.stats.ncf and brentq")
    for form, name in (("nis", "any lead"), ("wald", "joint")):
        judge = PreTrendsPower(alpha=0.05, power=power, pretest_form=form)
        put(f"slope of {name} normal", power, judge._compute_mdv(np.abs(x), S), "diff-diff 3.13.0")
slope = (x @ np.linalg.solve(S, bL)) / nu
put("trend slope", "", slope, "numpy")
put("trend std_error", "", nu**-0.5, "numpy")
A = np.eye(len(b))[~L]
A[:, L] = -np.outer((times + 1)[~L], np.linalg.solve(S, x) / nu)
for t, net, variance in zip(times[~L], A @ b, np.diag(A @ V @ A.T)):
    put(f"net {t}", "", net, "numpy")
    put(f"net std_error {t}", "", variance**0.5, "numpy")
with open(os.path.join(here, "expected.csv"), "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["quantity", "at", "value", "witness"])
    writer.writerows(rows)
