"""Coefficients of the simulated dose outcomes, by numpy and by statsmodels.

  python witness.py FOLDER        FOLDER holds rng.py, twin.py, dose_twin.py and dose_params_cluster.csv

The outcomes come from the executable specification with the committed parameters (six decimals). The
regressions are fitted twice, by the specification's own least squares and by statsmodels; the script stops
where the two differ. Written: witness.csv; panel.csv with sums of each outcome's simulated values;
swap16.csv, Table 16 with its rows exchanged; doses.csv. Printed: the checksum of all units.
"""
import hashlib
import os
import sys

import numpy as np
import pandas as pd
import statsmodels
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests

here = os.path.dirname(os.path.abspath(__file__))
os.chdir(sys.argv[1])
sys.path.insert(0, os.getcwd())
sys.argv = sys.argv[:1]
import dose_twin as twin  # noqa: E402

assert statsmodels.__version__ == "0.15.0", statsmodels.__version__
parameters = pd.read_csv("dose_params_cluster.csv").set_index("outcome")
rows, sums, digest = [], [], hashlib.sha256()
for outcome in twin.TC.outcome.unique():
    p = parameters.loc[outcome]
    S = twin.setup(outcome, int(p.draw))
    kind = "cluster"
    target, _, _ = twin.feasible(S)
    theta = np.array([p.rho, p.eta] + [k for k in (p.kappa_2, p.kappa_3) if not np.isnan(k)])
    y, *_ = twin.generate(S, theta, kind, target, iters=40)  # until it has converged
    I, time, D = twin.design(S)
    names = S["ds"]
    Z = np.column_stack([S["x"][I], y[I][:, S["pre"]], D])
    w_all, w, cl = S["w"], S["w"][I], S["cl"][I]
    b, se, dof, _ = twin.wls(y[I, time], Z, w, cl, kind)
    plain_b, plain_se, plain_dof, _ = twin.wls(y[I, time], Z, w, cl, "ols")
    fit = sm.WLS(y[I, time], Z, weights=w).fit(
        cov_type="cluster", cov_kwds={"groups": cl, "use_correction": True, "df_correction": True}, use_t=True)
    assert np.abs(fit.params / b - 1).max() < 1e-6, outcome
    assert np.abs(fit.bse / se - 1).max() < 1e-7, outcome
    assert np.abs(sm.WLS(y[I, time], Z, weights=w).fit().bse / plain_se - 1).max() < 1e-7, outcome
    q, plain_q = stats.t.ppf(0.975, dof), stats.t.ppf(0.975, plain_dof)
    for j, dose in enumerate(names):
        rows.append(dict(table=S["table"], outcome=outcome, dose=dose, estimate=b[j], std_error=se[j],
                         low=b[j] - q * se[j], high=b[j] + q * se[j], p_value=2 * stats.t.sf(abs(b[j] / se[j]), dof),
                         plain_std_error=plain_se[j], plain_low=b[j] - plain_q * plain_se[j],
                         plain_high=b[j] + plain_q * plain_se[j],
                         nobs=len(I), nclusters=len(np.unique(cl)), target=target[j]))
    here_rows = S["pres"]
    years = sorted(S["pre"] + S["pst"]) if S["level"] == "practice" else range(y.shape[1])
    for i in range(len(S["unit"])):
        for t in years:
            if here_rows[i, t]:
                counted = t in S["pst"] and S["post"][i, S["pst"].index(t)]
                digest.update(f"{outcome},{S['unit'][i]},{t},{S['cl'][i]},{int(w_all[i])},{int(counted)}\n".encode())
    sums.append(dict(outcome=outcome, rows=int(here_rows.sum()), counted=int(S["post"].sum()),
                     sum=y[here_rows].sum(), sum_of_squares=(y[here_rows] ** 2).sum(), first=y[here_rows][0],
                     last=y[here_rows][-1]))
    print(outcome, b[: len(names)], flush=True)
frame = pd.DataFrame(rows)
# The printed table has doses in blocks; p-values are adjusted over all 89 whatever their order.
frame["holm"] = multipletests(frame.p_value, method="holm")[1]
frame["benjamini_hochberg"] = multipletests(frame.p_value, method="fdr_bh")[1]
frame["bonferroni"] = multipletests(frame.p_value, method="bonferroni")[1]
frame.to_csv(os.path.join(here, "witness.csv"), index=False, float_format="%.17g", lineterminator="\n")
pd.DataFrame(sums).to_csv(os.path.join(here, "panel.csv"), index=False, float_format="%.17g", lineterminator="\n")
print("sha256 of outcome,unit,year,ccg,denominator,counted:", digest.hexdigest())
doses = pd.DataFrame(twin.X, columns=twin.DOSES)
doses.to_csv(os.path.join(here, "doses.csv"), index=False, lineterminator="\n")
shared = pd.read_csv("dose_twin_results_cluster.csv")
both = frame.merge(shared, on=["table", "outcome", "dose"], suffixes=("", "_spec"))
print("largest difference from the specification's stored results, in standard errors:",
      max(np.abs((both[a] - both[b]) / both.std_error).max()
          for a, b in (("estimate", "twin_est"), ("low", "twin_low"), ("high", "twin_high"))))

# Table 16 with its two rows of doses exchanged.
swapped = pd.read_csv("dose_params_cluster_swap16.csv").set_index("outcome")
other = {"clinical_share": "practice_stability", "practice_stability": "clinical_share"}
twin.TC.loc[twin.TC.table == 16, "dose"] = twin.TC.loc[twin.TC.table == 16, "dose"].map(other)
exchanged = []
for outcome in ("flu_6m_65y", "flu_65_plus", "flu_pregnant"):
    p = swapped.loc[outcome]
    S = twin.setup(outcome, int(p.draw))
    target, _, _ = twin.feasible(S)
    y, *_ = twin.generate(S, np.array([p.rho, p.eta, p.kappa_2]), "cluster", target, iters=40)
    I, time, D = twin.design(S)
    b, se, dof, _ = twin.wls(y[I, time], np.column_stack([S["x"][I], y[I][:, S["pre"]], D]), S["w"][I], S["cl"][I],
                             "cluster")
    q = stats.t.ppf(0.975, dof)
    for j, dose in enumerate(S["ds"]):
        exchanged.append(dict(outcome=outcome, dose=dose, estimate=b[j], std_error=se[j], low=b[j] - q * se[j],
                              high=b[j] + q * se[j]))
pd.DataFrame(exchanged).to_csv(os.path.join(here, "swap16.csv"), index=False, float_format="%.17g",
                               lineterminator="\n")
