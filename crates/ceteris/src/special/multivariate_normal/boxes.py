"""Box probabilities, critical values and means in a box by scipy; writes boxes.csv beside this file."""
import csv
import os

import numpy as np
from scipy import integrate, optimize, stats


def equicorrelated(size, rho):
    return np.full((size, size), rho) + (1 - rho) * np.eye(size)


def autoregressive(size, rho):
    return rho ** np.abs(np.subtract.outer(np.arange(size), np.arange(size)))


def one_factor(size, rho, low, high, dof=None):
    """P(low <= Z <= high) for all Z_i = sqrt(rho) f + sqrt(1 - rho) e_i, by quadrature over f (and over S)."""
    root, rest = np.sqrt(rho), np.sqrt(1 - rho)

    def given(f, s):
        inside = stats.norm.cdf((high * s - root * f) / rest) - stats.norm.cdf((low * s - root * f) / rest)
        return stats.norm.pdf(f) * inside**size

    def normal(s):
        return integrate.quad(given, -9, 9, args=(s,), epsabs=1e-13, epsrel=1e-13, limit=500)[0]

    if dof is None:
        return normal(1.0)
    scale = stats.chi(dof, scale=1 / np.sqrt(dof))
    ends = scale.ppf(1e-13), scale.isf(1e-13)
    return integrate.quad(lambda s: scale.pdf(s) * normal(s), *ends, epsabs=1e-11, epsrel=1e-11, limit=300)[0]


rows = []
for size, rho in [(3, 0.5), (5, 0.5), (8, 0.3), (10, 0.5), (5, 0.9)]:
    rows.append(["equicorrelated", size, rho, "", -2.0, 2.0, one_factor(size, rho, -2.0, 2.0), "scipy.integrate.quad"])
    rows.append(["equicorrelated", size, rho, "", -1.0, 2.5, one_factor(size, rho, -1.0, 2.5), "scipy.integrate.quad"])
for size, rho, dof in [(2, 0.5, 5), (3, 0.5, 10), (5, 0.5, 107), (10, 0.5, 30)]:
    value = one_factor(size, rho, -2.5, 2.5, dof)
    rows.append(["equicorrelated", size, rho, dof, -2.5, 2.5, value, "scipy.integrate.quad"])
for size, rho in [(2, 0.9), (3, 0.7), (5, 0.6)]:
    matrix = autoregressive(size, rho)
    box = stats.multivariate_normal(np.zeros(size), matrix, maxpts=20_000_000, abseps=1e-9, releps=1e-9, seed=1)
    value = box.cdf(np.full(size, 1.5), lower_limit=np.full(size, -0.5))
    rows.append(["autoregressive", size, rho, "", -0.5, 1.5, value, "scipy.stats.multivariate_normal"])

path = os.path.join(os.path.dirname(__file__), "boxes.csv")
with open(path, "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["correlation", "size", "rho", "dof", "low", "high", "value", "witness"])
    writer.writerows([[x if isinstance(x, (str, int)) else repr(float(x)) for x in row] for row in rows])
