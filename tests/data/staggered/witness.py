"""Witness numbers of the staggered-adoption tests, from moderndid 0.2.0 and diff-diff 3.13.0.

    python witness.py MPDTA_CSV

writes panel.csv (synthetic, once), group_time.csv, imputation.csv and two_way.csv beside this script.
MPDTA_CSV is the minimum-wage data of R `did`, which is not stored here.
"""

import csv
import os
import sys
import warnings

import numpy as np
import pandas as pd
import polars as pl
from diff_diff import BaconDecomposition, CallawaySantAnna, ImputationDiD
from moderndid import aggte, att_gt

warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))


def make_panel():
    """150 units, 8 years; cohorts 2004, 2005, 2007 and never (0); effects grow and differ by cohort."""
    rng = np.random.default_rng(20)
    units, years = 150, range(2001, 2009)
    rows = []
    for unit in range(units):
        x0 = rng.normal()
        score = np.array([0.6, 0.3 * x0, -0.2 * x0, 0.4 * x0]) + rng.gumbel(size=4)
        cohort = [0, 2004, 2005, 2007][int(np.argmax(score))]
        region, weight = unit % 15, round(0.5 + rng.random(), 3)
        level = rng.normal() + 0.5 * x0
        shock = 0.0
        for year in years:
            x = x0 + 0.1 * (year - 2001) + 0.1 * rng.normal()
            shock = 0.4 * shock + 0.5 * rng.normal()
            effect = 0.0
            if cohort and year >= cohort:
                effect = 0.5 + 0.4 * (year - cohort) - 0.1 * (cohort - 2004)
            y = level + 0.1 * (year - 2001) * (1 + 0.5 * x0) + 0.3 * x + effect + shock
            rows.append((unit + 1, year, cohort, region + 1, weight, round(x, 6), round(y, 6)))
    frame = pd.DataFrame(rows, columns=["unit", "year", "first_treated", "region", "weight", "x", "y"])
    frame.to_csv(os.path.join(HERE, "panel.csv"), index=False)


def data():
    mpdta = pd.read_csv(sys.argv[1]).rename(
        columns={"countyreal": "unit", "first.treat": "first_treated", "lpop": "x", "lemp": "y"}
    )
    panel = pd.read_csv(os.path.join(HERE, "panel.csv"))
    for frame in (mpdta, panel):
        for name in ("unit", "year", "first_treated"):
            frame[name] = frame[name].astype(int)
    return {"mpdta": mpdta, "panel": panel}


def number(value):
    return repr(float(value))


def group_time(frames, out):
    def put(case, quantity, first, second, estimate, std_error, witness):
        out.writerow([case, quantity, first, second, number(estimate), number(std_error), witness])

    cases = []
    for name in frames:
        for control in ("nevertreated", "notyettreated"):
            for base in ("varying", "universal"):
                cases.append((name, "dr", False, control, base, 0, None))
                cases += [(name, method, True, control, base, 0, None) for method in ("reg", "ipw", "dr")]
    cases += [("panel", "dr", True, "nevertreated", "varying", 1, None)]
    cases += [("panel", "dr", True, "notyettreated", "universal", 1, None)]
    cases += [("panel", method, True, "notyettreated", "varying", 0, "weight") for method in ("reg", "ipw", "dr")]
    for name, method, adjusted, control, base, anticipation, weight in cases:
        case = "/".join(
            [name, method, "x" if adjusted else "none", control, base, str(anticipation), weight or "equal"]
        )
        result = att_gt(
            pl.from_pandas(frames[name]), yname="y", tname="year", idname="unit", gname="first_treated",
            xformla="~ x" if adjusted else "~ 1", est_method=method, control_group=control,
            base_period=base, anticipation=anticipation, weightsname=weight, boot=False, cband=False,
        )
        who = "moderndid 0.2.0"
        for group, time, att, error in zip(result.groups, result.times, result.att_gt, result.se_gt):
            if np.isfinite(error):
                put(case, "cell", int(group), int(time), att, error, who)
        simple = aggte(result, type="simple", boot=False, cband=False)
        put(case, "simple", "", "", simple.overall_att, simple.overall_se, who)
        for kind in ("dynamic", "group", "calendar"):
            part = aggte(result, type=kind, boot=False, cband=False)
            put(case, kind, "", "", part.overall_att, part.overall_se, who)
            for at, att, error in zip(part.event_times, part.att_by_event, part.se_by_event):
                if np.isfinite(error):
                    put(case, kind + "_part", int(at), "", att, error, who)
        if anticipation or weight:
            continue
        other = CallawaySantAnna(
            control_group={"nevertreated": "never_treated", "notyettreated": "not_yet_treated"}[control],
            estimation_method=method, base_period=base,
        ).fit(
            frames[name], outcome="y", unit="unit", time="year", first_treat="first_treated",
            covariates=["x"] if adjusted else None,
        )
        for (group, time), cell in other.group_time_effects.items():
            if np.isfinite(cell["se"]) and cell["se"] > 0:
                put(case, "cell", int(group), int(time), cell["effect"], cell["se"], "diff-diff 3.13.0")
        put(case, "simple", "", "", other.overall_att, other.overall_se, "diff-diff 3.13.0")


def imputation(frames, out):
    for name, frame in frames.items():
        for covariates in (None, ["x"]):
            if name == "mpdta" and covariates:
                continue  # lpop does not vary over time
            for cluster in (None, "region") if name == "panel" else (None,):
                case = "/".join([name, "x" if covariates else "none", cluster or "unit"])
                result = ImputationDiD(cluster=cluster, pretrends=False).fit(
                    frame, outcome="y", unit="unit", time="year", first_treat="first_treated",
                    covariates=covariates, aggregate="event_study",
                )
                out.writerow([case, "overall", "", number(result.overall_att), number(result.overall_se)])
                for at, effect in result.event_study_effects.items():
                    if at >= 0 and np.isfinite(effect["se"]):
                        out.writerow([case, "event", int(at), number(effect["effect"]), number(effect["se"])])
                test = result.pretrend_test()
                for at, lead in test["lead_coefficients"].items():
                    out.writerow([case, "lead", int(at), number(lead), ""])


def two_way(frames, out):
    for name, frame in frames.items():
        result = BaconDecomposition(weights="exact").fit(
            frame, outcome="y", unit="unit", time="year", first_treat="first_treated"
        )
        for c in result.comparisons:
            out.writerow([name, c.comparison_type, c.treated_group, c.control_group,
                          number(c.estimate), number(c.weight)])
        out.writerow([name, "two_way", "", "", number(result.twfe_estimate), number(1.0)])


def write(name, header, fill, frames):
    with open(os.path.join(HERE, name), "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        fill(frames, out)


if not os.path.exists(os.path.join(HERE, "panel.csv")):
    make_panel()
FRAMES = data()
write("group_time.csv", ["case", "quantity", "first", "second", "estimate", "std_error", "witness"], group_time, FRAMES)
write("imputation.csv", ["case", "quantity", "event_time", "estimate", "std_error"], imputation, FRAMES)
write("two_way.csv", ["data", "comparison", "treated", "control", "estimate", "weight"], two_way, FRAMES)
