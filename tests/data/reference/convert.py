#!/usr/bin/env python3
"""Turns the reference numbers of a folder into the tables beside this file.

    python3 convert.py FOLDER

FOLDER holds one JSON file for each case: a block `certified`, computed in 320-bit arithmetic, and
the recorded outputs of programs, `results` and `python_results`. `rules.py` says which of them are
used. Each case becomes `<case>.csv`; outputs that are wrong or follow another definition go to
`disagreements.csv`. Columns: case, model, quantity, name, value, witness. Standard library only.
"""

import csv
import json
import pathlib
import re
import sys

from rules import BLOCKS, DISAGREEMENTS, IGNORED, RULES

CERTIFIED = "certified: 320-bit arithmetic, python-flint 0.9.0"
HEADER = ["case", "model", "quantity", "name", "value", "witness"]
# The other covariances of the certified blocks (CR2, CR3) are not in the library.
KINDS = re.compile(r"^(iid|HC[0-3]|(CR0|CR1_G|CR1S|CR1_nonnested|twoway_\w+):.*)$")

# Names of coefficients in the programs and in ours.
NAMES = {
    "Intercept": "(Intercept)",
    "GNPdeflator": "GNP.deflator",
    "ArmedForces": "Armed.Forces",
    "size3m": "size3::m",
    "size3l": "size3::l",
    "m": "size3::m",
    "l": "size3::l",
    "screening:lag1": "lag1:screening",
    "screening:lag2": "lag2:screening",
    "screening:lag3": "lag3:screening",
    "trend_t": "period:treat",
    "b0": "(Intercept)",
    "b1": "GNP.deflator",
    "b2": "GNP",
    "b3": "Unemployed",
    "b4": "Armed.Forces",
    "b5": "Population",
    "b6": "Year",
}


def name_of(term):
    factor = re.match(r"^factor\((\w)\)(\d+)$", term)
    if factor:
        return f"{factor.group(1)}::{factor.group(2)}"
    return NAMES.get(term, term.replace(":ms", ":multi_la:screening"))


def text(value):
    """A certified value keeps its 25 digits; a double gets the 17 that determine it."""
    return value if isinstance(value, str) else f"{value:.17g}"


def usable(value):
    return value is not None and text(value) not in ("nan", "NA")


class Table:
    """Rows of one case, each quantity of a model and witness once."""

    def __init__(self, case):
        self.case = case
        self.rows = []
        self.seen = set()

    def add(self, model, quantity, name, value, witness):
        key = (model, quantity, name, witness)
        if usable(value) and key not in self.seen:
            self.seen.add(key)
            self.rows.append([self.case, model, quantity, name, text(value), witness])

    def add_all(self, model, quantity, values, witness):
        for term, value in (values or {}).items():
            self.add(model, quantity, name_of(term), value, witness)


def certified(table, blocks, names):
    for block, model in names.items():
        held = blocks[block]
        exact_fit = float(held.get("rss_weighted", 1)) < 1e-100
        for quantity, key in (("nobs", "N"), ("rank", "K_full_rank")):
            if key in held:
                table.add(model, quantity, "", str(held[key]), CERTIFIED)
        table.add_all(model, "coef", held["coef"], CERTIFIED)
        for quantity, key in (("rss", "rss_weighted"), ("sigma", "sigma"), ("r2", "r2")):
            if not (exact_fit and quantity == "rss"):
                table.add(model, quantity, "", held.get(key), CERTIFIED)
        table.add(model, "max_leverage", "", held.get("max_leverage"), CERTIFIED)
        table.add_all(model, "se:iid", held.get("se_iid"), CERTIFIED)
        for kind, values in held.get("se", {}).items():
            if isinstance(values, str):  # a leverage of one
                table.add(model, f"undefined:{kind}", "", "1", CERTIFIED)
            elif KINDS.match(kind):
                table.add_all(model, f"se:{kind}", values, CERTIFIED)
        for by, count in (held.get("clusters") or {}).items():
            if "K_nonnested" in count:
                table.add(model, f"clusters:CR0:{by}", "", str(count["G"]), CERTIFIED)
                table.add(model, f"K:CR1_nonnested:{by}", "", str(count["K_nonnested"]), CERTIFIED)
        tested = " + ".join(name_of(term) for term in held["coef"] if is_lead(table.case, term))
        for kind, value in held.get("wald_chi2_pretrend", {}).items():
            table.add(model, f"wald_chi2:{kind}", tested, value, CERTIFIED)


def is_lead(case, term):
    """Whether a coefficient of case 08 belongs to the joint test of the leads."""
    period = re.match(r"^(period|year)::(\d+)", term)
    return case.startswith("08") and bool(period) and int(period.group(2)) < {"period": 5, "year": 2012}[period.group(1)]


def streamed(table, result):
    """hdfe-stream keeps coefficients and standard errors in lists, one block for each covariance."""
    for key, kind in (("iid", "iid"), ("{'CRV1': 'worker'}", "CR1:worker")):
        block, terms = result[key], ("x1", "x2")
        table.add_all("dropped", "coef", dict(zip(terms, block["coef"])), result["software"])
        table.add_all("dropped", f"se:{kind}", dict(zip(terms, block["se"])), result["software"])
        table.add("dropped", f"df:{kind}", "", block["df_t"], result["software"])


def find(rules, label):
    for pattern, model, kind in rules:
        match = re.search(pattern, label)
        if match:
            return model, match.expand(kind)
    return None


def program(table, result, model, kind):
    """Coefficients, standard errors and what follows from them."""
    witness = result["software"]
    if not any(map(usable, result.get("se", {}).values())):
        return  # refused, or HC2 and HC3 with a leverage of one
    table.add_all(model, "coef", result.get("coef"), witness)
    table.add_all(model, f"se:{kind}", result.get("se"), witness)
    if "freq_weights" not in result["label"]:  # statsmodels' GLM reports rows there
        table.add(model, "nobs", "", result.get("nobs"), witness)
    table.add(model, "r2", "", result.get("r2"), witness)
    table.add(model, "r2_within", "", result.get("within_r2", result.get("r2_within")), witness)
    if kind.split(":")[0] != "CR1_G":  # asked to leave K out, fixest still reports it
        table.add(model, f"K:{kind}", "", result.get("df_K", result.get("df_k")), witness)
    for omitted in result.get("collinear_dropped") or result.get("dropped") or []:
        table.add(model, "omitted", name_of(omitted), 1, witness)
    if table.case.startswith("13") or not states_its_tail(result, kind):
        return
    table.add(model, f"df:{kind}", "", result.get("df_t", result.get("df_resid")), witness)
    for quantity, key in (("t", "t"), ("p", "p"), ("ci_low", "ci95_low"), ("ci_high", "ci95_high")):
        values = result.get(key) or {}
        # A p-value of exactly zero is one minus a distribution function, not a tail.
        kept = {term: value for term, value in values.items() if value != 0}
        table.add_all(model, f"{quantity}:{kind}", kept, witness)


def states_its_tail(result, kind):
    """Whether t, p and intervals are the program's own and not the recording script's choice."""
    software = result["software"]
    if software.startswith(("plm", "sandwich", "econhdfe")) or "clubSandwich" in software:
        return False
    if software.startswith("fereg") or "conventional" in kind:  # as fixest; a mixture of conventions
        return False
    if software.startswith("statsmodels"):
        return kind == "iid" and result.get("use_t") is True
    return True


def wald_rows(table, case, data):
    """Joint tests of case 08, and the linear combination of case 09."""
    for test in data.get("wald_tests", []):
        if "terms" not in test:
            continue
        model = "ddd_small" if test["label"].startswith("DDD") else "base_did"
        vcov = re.sub(r"^Clustered \((.*)\)$", lambda m: "CR1:" + m.group(1).replace(" & ", "+"), test["vcov"])
        kind = {"IID": "iid", "Heteroskedasticity-robust": "HC1"}.get(vcov, vcov)
        tested = " + ".join(map(name_of, test["terms"]))
        for quantity, key in (("wald_F", "stat_F"), ("wald_p", "p_F"), ("wald_df2", "df2"), ("wald_chi2", "chi2")):
            table.add(model, f"{quantity}:{kind}", tested, test[key], test["software"])
    for test in data.get("python_results", []):
        if "wald_test" not in test["label"]:
            continue
        kind = "CR1:id" if "CRV1" in test["label"] else test["label"].split()[-1]
        tested = " + ".join(map(name_of, test["terms"]))
        for quantity, key in (("wald_F", "F"), ("wald_chi2", "chi2")):
            table.add("base_did", f"{quantity}:{kind}", tested, test[key], test["software"])
    combination = data.get("lincom_multi_la_plus_ms_cluster_practice")
    if combination:
        witness = next(r["software"] for r in data["results"] if r["label"].startswith("fixest"))
        table.add("wls_fe_year_ind", "sum", "multi_la + ms", combination["estimate"], witness)
        table.add("wls_fe_year_ind", "sum_se:CR1:practice", "multi_la + ms", combination["se"], witness)


def disagree(table, result, model, kind):
    """What is needed to assert how far a program is off."""
    witness = result["software"]
    if table.case.startswith(("13", "17")):
        table.add_all(model, "coef", result.get("coef"), witness)
        return
    table.add_all(model, f"se:{kind}", result.get("se"), witness)
    if kind.startswith(("CR1_Kexact", "CR1_full")):
        table.add(model, f"K:{kind}", "", result["df_K"], witness)


def wald_disagreements(table, data):
    for test in data.get("python_results", []):
        if "wald_test" in test["label"]:
            kind = "CR1:id" if "CRV1" in test["label"] else test["label"].split()[-1]
            tested = " + ".join(map(name_of, test["terms"]))
            table.add("base_did", f"wald_p:{kind}", tested, test["p_F"], test["software"])


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows)


def convert(folder, here):
    wrong = []
    for case, rules in RULES.items():
        data = json.loads((folder / f"{case}.json").read_text(encoding="utf-8"))
        table, off = Table(case), Table(case)
        certified(table, data["certified"], BLOCKS[case])
        for result in data["results"] + data.get("python_results", []):
            label = result["label"]
            agreed, disagreed = find(rules, label), find(DISAGREEMENTS.get(case, []), label)
            if label.startswith("hdfe_stream"):
                streamed(table, result)
                continue
            if agreed:
                program(table, result, *agreed)
            if disagreed:
                disagree(off, result, *disagreed)
            ignored = any(re.search(pattern, label) for pattern, _ in IGNORED)
            if not (agreed or disagreed or ignored or "error" in result):
                print(f"{case}: no rule for `{label}`", file=sys.stderr)
        wald_rows(table, case, data)
        wald_disagreements(off, data)
        write(here / f"{case}.csv", table.rows)
        wrong.extend(off.rows)
        print(f"{case}: {len(table.rows)} rows, {len(off.rows)} disagreements")
    write(here / "disagreements.csv", wrong)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    convert(pathlib.Path(sys.argv[1]), pathlib.Path(__file__).resolve().parent)
