"""Witness numbers for synthetic control, synthetic difference-in-differences and matching.

Writes `panel_one.csv` (one treated unit), `panel_several.csv` (four treated units) and `expected.csv`.
Two programs speak. scipy's `nnls` finds the weights: the point of a convex hull nearest to the origin is the
solution u >= 0 of min ||P u||^2 + (sum u - 1)^2, divided by its sum (Lawson and Hanson 1974, chapter 23).
diff-diff's SyntheticDiD uses Frank-Wolfe steps, which come near the minimum to a few digits.

    python witness.py
"""

import csv
import itertools
import warnings

import numpy as np
import pandas as pd
import scipy
from scipy.optimize import nnls

warnings.filterwarnings("ignore")


def draw(controls, treated, npre, npost, seed):
    """Two factors, unit and time effects, noise; rounded to four digits so that the file is the data."""
    rng = np.random.default_rng(seed)
    n, t = controls + treated, npre + npost
    factors = np.cumsum(rng.normal(size=(t, 2)), axis=0)
    loadings = rng.uniform(0, 1, size=(n, 2))
    loadings[controls:] += 0.15
    y = 50 + 5 * rng.normal(size=(n, 1)) + loadings @ factors.T * 3 + rng.normal(size=(n, t))
    y[controls:, npre:] += 4
    return np.round(y, 4)


def shares(a, b, zeta, intercept):
    """Minimises ||A w + c - b||^2 / T + zeta^2 ||w||^2 over the simplex."""
    rows, n = a.shape
    if intercept:
        a, b = a - a.mean(axis=0), b - b.mean()
    points = np.vstack([(a - b[:, None]) / np.sqrt(rows), zeta * np.eye(n)])
    points /= np.linalg.norm(points, axis=0).max()
    u, _ = nnls(np.vstack([points, np.ones(n)]), np.append(np.zeros(rows + n), 1), maxiter=100 * n)
    w = u / u.sum()
    along = points.T @ (points @ w)
    assert (along - along @ w).min() > -1e-12, "the condition of a minimum"
    return w


class Panel:
    def __init__(self, y, controls, npre):
        self.y, self.controls, self.npre = y, controls, npre
        d = np.diff(y[:controls, :npre], axis=1)
        self.sigma = d.std(ddof=1)
        self.zeta = ((y.shape[0] - controls) * (y.shape[1] - npre)) ** 0.25 * self.sigma

    def fit(self, kind, zeta=None, sigma=None):
        y, nc, t0 = self.y, self.controls, self.npre
        zeta, sigma = zeta or self.zeta, sigma or self.sigma
        target = y[nc:].mean(axis=0)
        if kind == "did":
            omega, lam = np.full(nc, 1 / nc), np.full(t0, 1 / t0)
        elif kind == "sc":
            omega, lam = shares(y[:nc, :t0].T, target[:t0], 1e-6 * sigma, False), np.zeros(t0)
        else:
            omega = shares(y[:nc, :t0].T, target[:t0], zeta, True)
            lam = shares(y[:nc, :t0], y[:nc, t0:].mean(axis=1), 1e-6 * sigma, True)
        gap = target - omega @ y[:nc]
        return gap[t0:].mean() - lam @ gap[:t0], omega, lam, gap

    def recast(self, controls, treated):
        return Panel(self.y[list(controls) + list(treated)], len(controls), self.npre)

    def placebo(self, kind, sets):
        out = []
        for chosen in sets:
            rest = [i for i in range(self.controls) if i not in chosen]
            out.append(self.recast(rest, chosen).fit(kind, self.zeta, self.sigma)[0])
        return np.array(out)

    def jackknife(self, kind):
        tau, omega, lam, _ = self.fit(kind)
        n, nc, t0 = self.y.shape[0], self.controls, self.npre
        out = []
        for i in range(n):
            w = np.append(omega, np.full(n - nc, 1 / (n - nc)))
            w[i] = 0
            w[:nc] /= w[:nc].sum()
            w[nc:] /= w[nc:].sum()
            gap = w[nc:] @ self.y[nc:] - w[:nc] @ self.y[:nc]
            out.append(gap[t0:].mean() - lam @ gap[:t0])
        return np.sqrt((n - 1) / n * ((np.array(out) - tau) ** 2).sum())

    def rank(self, kind):
        n, t0 = self.y.shape[0], self.npre
        ratios = []
        for i in range(n):
            others = [j for j in range(n) if j != i]
            _, _, lam, gap = self.recast(others, [i]).fit(kind, self.zeta, self.sigma)
            gap = gap - lam @ gap[:t0]
            ratios.append(np.sqrt((gap[t0:] ** 2).mean() / (gap[:t0] ** 2).mean()))
        return ratios[-1], np.mean(np.array(ratios) >= ratios[-1])


def matching(panel, m, metric):
    """Abadie and Imbens 2006: effect on the treated and its conditional standard error (no ties here)."""
    x, y = panel.y[:, : panel.npre], panel.y[:, panel.npre :].mean(axis=1)
    nc, n = panel.controls, len(y)
    s = np.cov(x.T) if metric == "mahalanobis" else np.diag(x.var(axis=0, ddof=1))
    inverse = np.linalg.inv(s)
    d = np.array([[(a - b) @ inverse @ (a - b) for b in x] for a in x])
    np.fill_diagonal(d, np.inf)
    a, gaps = np.append(np.zeros(nc), np.full(n - nc, 1 / (n - nc))), []
    for i in range(nc, n):
        near = np.argsort(d[i, :nc])[:m]
        gaps.append(y[i] - y[near].mean())
        a[near] += 1 / ((n - nc) * m)
    variance = 0
    for i in range(n):
        low, high = (0, nc) if i < nc else (nc, n)
        twin = low + np.argmin(d[i, low:high])
        variance += a[i] ** 2 * (y[i] - y[twin]) ** 2 / 2
    return np.mean(gaps), np.sqrt(variance)


def write(name, y, controls, npre):
    with open(name, "w", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["unit", "time", "y", "treated"])
        for i, t in itertools.product(range(y.shape[0]), range(y.shape[1])):
            rows.writerow([f"u{i + 1:02}", 2001 + t, f"{y[i, t]:.4f}", int(i >= controls and t >= npre)])


def other_program(name, npre):
    from diff_diff import SyntheticDiD

    data = pd.read_csv(name)
    data["arm"] = data.groupby("unit").treated.transform("max")
    post = sorted(data.time.unique())[npre:]
    fit = SyntheticDiD(variance_method="placebo", n_bootstrap=20, seed=1).fit(
        data, outcome="y", treatment="arm", unit="unit", time="time", post_periods=post
    )
    return fit.att


def main():
    import diff_diff

    own = f"scipy {scipy.__version__} nnls + numpy {np.__version__}"
    closed = f"numpy {np.__version__}"
    rows = []
    for name, y, controls, npre in [
        ("panel_one", draw(20, 1, 10, 4, 7), 20, 10),
        ("panel_several", draw(18, 4, 8, 3, 11), 18, 8),
    ]:
        write(f"{name}.csv", y, controls, npre)
        panel = Panel(y, controls, npre)
        put = lambda quantity, value, witness: rows.append([name, quantity, repr(float(value)), witness])
        for kind in ["sc", "sdid"]:
            tau, omega, lam, gap = panel.fit(kind)
            put(f"{kind}:effect", tau, own)
            gap = gap - lam @ gap[:npre]
            put(f"{kind}:rmspe_before", np.sqrt((gap[:npre] ** 2).mean()), own)
            for i, w in enumerate(omega):
                put(f"{kind}:omega:u{i + 1:02}", w, own)
            if kind == "sdid":
                for t, w in enumerate(lam):
                    put(f"{kind}:lambda:{2001 + t}", w, own)
            if name == "panel_one":
                placebos = panel.placebo(kind, [[i] for i in range(controls)])
                put(f"{kind}:placebo_std_error", placebos.std(), own)
                ratio, p = panel.rank(kind)
                put(f"{kind}:rank_ratio", ratio, own)
                put(f"{kind}:rank_p_value", p, own)
            else:
                put(f"{kind}:jackknife_std_error", panel.jackknife(kind), own)
        put("did:effect", panel.fit("did")[0], closed)
        put("sdid:effect", other_program(f"{name}.csv", npre), f"diff-diff {diff_diff.__version__}")
        if name == "panel_several":
            for m, metric in itertools.product([1, 3], ["euclidean", "mahalanobis"]):
                effect, error = matching(panel, m, metric)
                put(f"matching:{metric}:{m}:effect", effect, closed)
                put(f"matching:{metric}:{m}:std_error", error, closed)
    with open("expected.csv", "w", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["panel", "quantity", "value", "witness"])
        table.writerows(rows)


if __name__ == "__main__":
    main()
