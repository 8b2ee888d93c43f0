"""Which results of the reference programs become rows, and under which words.

A rule is (pattern of the result's label, model, kind). A kind says what the program did; which
covariance and preset of ours must reproduce it is decided in the tests, not here:

  iid HC0 HC1 HC2 HC3       no clusters
  CR0:a+b                   clusters of a, of b, and of both; no correction
  CR1:a+b                   with the program's own default correction
  CR1_G, CR1S, CR1_full, CR1_conventional
                            with a correction that the program was asked for
"""

# Programs whose outputs become rows only where they do what their name says; see INDEX.md.
NO_PRESET = "a correction that no preset stands for"
LATER = "a covariance that the library does not have"
NOT_OURS = "not a least-squares covariance of this library"

# Results that no rule may take, with the reason.
IGNORED = [
    (r"CR1p", NO_PRESET),
    (r"(^|\W)(CR2|CR3|CRV3)", LATER),
    (r"ssc:(none|noGadj|tconv)$|K\.fixef=none|G\.df='conventional'$|arellano (HC[123]|sss)|multi0", NO_PRESET),
    (r"Newey|NW|DK|Driscoll|kernel|vcovPC|vcovPL|vcovSCC", LATER),
    (r"linearmodels PanelOLS.*(group_debias|auto_df)", NO_PRESET),
    (r"AbsorbingLS|statspai|polars_reg|pinv, no drop|linearmodels PanelOLS/IV2SLS", NOT_OURS),
    (r"K\.exact|K\.fixef=full$|wald_test", "among the disagreements or the Wald rows"),
    (r"zero weights", "among the disagreements"),
    (r"wampler|Wampler", "fewer digits than the certified block; see the documentation page"),
    (r"illscaled", "among the disagreements"),
]

PY = r"(?:pyfixest|fereg)"


def plain(model, end="$"):
    """The R results of a regression without a prefix in their labels."""
    return [(rf"^{kind}{end}", model, kind) for kind in ("iid", "HC0", "HC1", "HC2", "HC3")]


def clubs(model, *clusters, prefix=""):
    return [
        (rf"^{prefix}{kind}:{by}$", model, f"{kind}:{by}")
        for by in clusters
        for kind in ("CR0", "CR1", "CR1S")
    ]


def pythons(model, *clusters, end="$"):
    """pyfixest and fereg: iid, HC1 to HC3 and CRV1."""
    rows = [(rf"^{PY} {kind}{end}", model, kind) for kind in ("iid", "HC1", "HC2", "HC3")]
    for by in clusters:
        escaped = by.replace("+", r"\+")
        rows.append((rf"^{PY} CRV1:{escaped}{end}", model, f"CR1:{by}"))
    return rows


def fixests(model, *clusters, prefix="fixest ", end="$"):
    rows = [(rf"^{prefix}{kind}{end}", model, kind) for kind in ("iid", "HC1", "HC2", "HC3")]
    for by in clusters:
        escaped = by.replace("+", r"\+").replace("^", r"\^")
        rows.append((rf"^{prefix}cluster {escaped}{end}", model, f"CR1:{by}"))
    return rows


def statsmodels(model, *clusters, prefix="statsmodels "):
    rows = [(rf"^{prefix}nonrobust ?$", model, "iid")]
    rows += [(rf"^{prefix}{kind} ?$", model, kind) for kind in ("HC0", "HC1", "HC2", "HC3")]
    for by in clusters:
        escaped = by.replace("+", r"\+")
        rows.append((rf"^{prefix}cluster {escaped}$", model, f"CR1:{by}"))
    return rows


def linearmodels(model, entity, end="$"):
    """linearmodels' PanelOLS with both effects; by entity and, where recorded, by entity and time."""
    kinds = {
        "'unadjusted'": "iid",
        "'robust'": "HC1",
        "'clustered', 'cluster_entity': True": f"CR1:{entity}",
        "'clustered', 'cluster_entity': True, 'cluster_time': True": f"CR1:{entity}+year",
    }
    label = r"^linearmodels PanelOLS \{'cov_type': %s\}" + end
    return [(label % setting, model, kind) for setting, kind in kinds.items()]


def singletons():
    """Case 06: both choices about singletons, weighted or not."""
    rows = []
    for weighted, tail in (("", "$"), ("_weighted", " weighted$")):
        for model, fixest, python in (
            ("dropped", "(?:singletons|perfect_fit)", "singleton"),
            ("all_rows", "none", "none"),
        ):
            rows += fixests(
                model + weighted, "worker", "firm", "firm+year", "worker^year", end=rf" fixef\.rm={fixest}{tail}"
            )
            rows.append((rf"^fixest iid K\.exact fixef\.rm={fixest}{tail}", model + weighted, "iid_exact"))
            rows += pythons(model + weighted, "worker", "firm", "firm+year", end=rf" fixef_rm={python}{tail}")
    return rows + [(r"^econhdfe iid$", "dropped", "iid"), (r"^econhdfe cluster worker$", "dropped", "CR1:worker")]


def triple_difference():
    """Case 07: the small and the tiny panel."""
    rows = [
        (r"^fixest cluster practice \(default\)$", "small", "CR1:practice"),
        (r"^fixest iid K\.exact$", "small", "iid_exact"),
        (r"^fixest HC1 K\.exact$", "small", "HC1_exact"),
        (r"^TINY fixest iid K\.exact$", "tiny_dropped", "iid_exact"),
        (r"^fixest full interaction", "small_full_interaction", "CR1:practice"),
        (r"^pyfixest full interaction", "small_full_interaction", "CR1:practice"),
        (r"^fixest \^ syntax$", "small_by_hand", "CR1:practice"),
    ]
    rows += fixests("small", "ccg", "ccg+year") + plain("small")
    rows += fixests("tiny_dropped", "practice", "ccg", prefix="TINY fixest ")
    rows += [(rf"^TINY {kind}$", "tiny", kind) for kind in ("iid", "HC0", "HC1", "HC2", "HC3")]
    rows += clubs("tiny", "ccg", "practice", prefix="TINY ")
    for label, model in (("small", "small"), ("tiny", "tiny_dropped")):
        rows += pythons(model, "practice", "ccg", "ccg+year", end=rf" \[{label}\]$")
        rows += [(rf"^econhdfe cluster {by} \[{label}\]$", model, f"CR1:{by}") for by in ("practice", "ccg")]
        rows.append((rf"^econhdfe cluster None \[{label}\]$", model, "iid"))
    return rows


RULES = {
    "01_longley_ols": plain("ols") + fixests("ols") + pythons("ols") + statsmodels("ols"),
    "02_weighted_ols": plain("wls")
    + clubs("wls", "ccg")
    + [r for r in fixests("wls", "ccg") if r[2] not in ("HC2", "HC3")]
    + pythons("wls", "ccg")
    + statsmodels("wls", "ccg", prefix="statsmodels WLS "),
    "03_oneway_fe_nested_cluster": plain("fe_firm")
    + clubs("fe_firm", "firm")
    + fixests("fe_firm")
    + [
        (r"^plm vcovHC arellano HC0$", "fe_firm", "CR0:firm"),
        (r"^fixest cluster firm ssc:nonnested$", "fe_firm", "CR1:firm"),
        (r"^fixest cluster firm ssc:full$", "fe_firm", "CR1_full:firm"),
        (r"^fixest cluster firm ssc:noKadj$", "fe_firm", "CR1_G:firm"),
        (r"^fixest cluster firm ssc:neither$", "fe_firm", "CR0:firm"),
        (r"^linearmodels PanelOLS unadjusted$", "fe_firm", "iid"),
        (r"^linearmodels PanelOLS robust$", "fe_firm", "HC1"),
        (r"^linearmodels PanelOLS clustered entity$", "fe_firm", "CR1:firm"),
        (r"^statsmodels dummies cluster firm$", "fe_firm", "CR1:firm"),
    ]
    + pythons("fe_firm", "firm", "year"),
    "04_twoway_fe_twoway_cluster": plain("fe_firm_year")
    + clubs("fe_firm_year", "firm", "year")
    + fixests("fe_firm_year", "firm", "year")
    + [
        (r"^fixest two-way default", "fe_firm_year", "CR1:firm+year"),
        (r"^fixest two-way no adj$", "fe_firm_year", "CR0:firm+year"),
        (r"^fixest two-way K\.fixef=full$", "fe_firm_year", "CR1_full:firm+year"),
        (r"^sandwich vcovCL two-way HC0 cadj=FALSE$", "fe_firm_year", "CR0:firm+year"),
        (r"^sandwich vcovCL two-way HC1$", "fe_firm_year", "CR1_conventional:firm+year"),
        (r"^plm vcovDC HC0$", "fe_firm_year", "CR0:firm+year"),
    ]
    + linearmodels("fe_firm_year", "firm")
    + pythons("fe_firm_year", "firm", "year", "firm+year"),
    "05_petersen_twoway": plain("ols")
    + clubs("ols", "firm", "year")
    + fixests("ols", "firm", "year")
    + [
        (r"^fixest two-way \(min\)$", "ols", "CR1:firm+year"),
        (r"^fixest two-way \(conventional\)$", "ols", "CR1_conventional:firm+year"),
        (r"^sandwich vcovCL firm HC1$", "ols", "CR1S:firm"),
        (r"^sandwich vcovCL two-way HC1$", "ols", "CR1_conventional:firm+year"),
    ]
    + pythons("ols", "firm", "year", "firm+year")
    + statsmodels("ols", "firm", "year", "firm+year"),
    "06_threeway_fe_singletons": singletons(),
    "07_triple_difference": triple_difference(),
    "08_event_study_pretrend": fixests("base_did", "id")
    + [
        (r"^fixest two-way$", "base_did", "CR1:id+period"),
        (r"^DDD event study, cluster practice$", "ddd_small", "CR1:practice"),
        (r"^DDD event study, cluster ccg$", "ddd_small", "CR1:ccg"),
        (r"^pre-period only event study", "base_did_leads", "CR1:id"),
        (r"^pre-period linear trend difference", "base_did_slope", "CR1:id"),
    ]
    + pythons("base_did", "id")
    + pythons("ddd_small", "practice", "ccg", end=r" \[ddd screening_small\]$"),
    "09_ldv_post_period": fixests("wls_fe_year_ind", "practice", "ccg")
    + plain("wls_fe_year_ind")
    + clubs("wls_fe_year_ind", "ccg", "practice")
    + pythons("wls_fe_year_ind", "practice", "ccg")
    + statsmodels("wls_fe_year_ind", "practice", "ccg", prefix="statsmodels WLS "),
    "13_rank_deficient": [
        (r"^(?:R lm: |pyfixest |fereg )?x3=x1\+x2, x4=2x1-3x2$", "x1+x2+x3+x4", "iid"),
        (r"^(?:R lm: )?reordered: x3, x4 first$|^(?:pyfixest|fereg) reordered$", "x3+x4+x1+x2", "iid"),
        (r"^(?:R lm: |pyfixest |fereg )?duplicate$", "x1+dup+x2", "iid"),
        (r"^R lm: near duplicate \(1e-7\)$", "x1+near+x2", "iid"),
        (r"^(?:R lm: )?constant and zero columns$|^(?:pyfixest|fereg) constant and zero$", "x1+const2+zero", "iid"),
        (r"^gx constant within g FE$|^(?:pyfixest|fereg) gx within g$", "x1+gx|g", "iid"),
        (r"^gx, x3 with 2 FE$|^(?:pyfixest|fereg) 2 FE$", "gx+x1+x3+x2|g+h", "iid"),
        (r"^(?:R lm: )?dummies \+ gx$", "x1+i(g)+i(h)+gx", "iid"),
    ],
    "15_few_clusters_cr2_satterthwaite": plain("pooled") + clubs("pooled", "firm"),
    "16_weights_na_zero_freq": [
        (r"^fixest weighted iid$", "wls", "iid"),
        (r"^fixest weighted HC1$", "wls", "HC1"),
        (r"^fixest weighted cluster id$", "wls", "CR1:id"),
        (r"^fixest weighted id FE cluster id$", "wls_fe_dropped", "CR1:id"),
        (r"^fixest weighted id FE iid$", "wls_fe_dropped", "iid"),
        (r"^fixest weighted id FE HC1$", "wls_fe_dropped", "HC1"),
        (r"^iid$", "wls", "iid"),
        (rf"^{PY} aweights (iid|HC[123]) zero-weight rows removed$", "wls", r"\1"),
        (rf"^{PY} aweights \{{'CRV1': 'id'\}} zero-weight rows removed$", "wls", "CR1:id"),
        (r"^freq weights \(replicated\) (iid|HC0|HC1|HC2|HC3)$", "freq", r"\1"),
        (rf"^{PY} fweights (iid|HC[123])$", "freq", r"\1"),
        (r"^statsmodels GLM freq_weights$", "freq", "iid"),
    ],
    "17_conditioning": [],
    "18_wage_panel": fixests("twfe", "nr", "nr+year")
    + fixests("twfe_weighted", "nr", "nr+year", end=" weighted$")
    + pythons("twfe", "nr", "nr+year")
    + pythons("twfe_weighted", "nr", "nr+year", end=" weighted$")
    + linearmodels("twfe", "nr")
    + linearmodels("twfe_weighted", "nr", end=" weighted$"),
}

# Outputs recorded as wrong, or as another definition than any preset's: kept to assert the
# disagreement.
DISAGREEMENTS = {
    "02_weighted_ols": [(r"^fixest (HC[23])$", "wls", r"\1")],
    "06_threeway_fe_singletons": [
        (r"^fixest cluster worker K\.exact fixef\.rm=singletons$", "dropped", "CR1_Kexact:worker"),
        (r"^fixest cluster worker K\.exact fixef\.rm=none weighted$", "all_rows_weighted", "CR1_Kexact:worker"),
        (r"^linearmodels AbsorbingLS clustered worker", "all_rows", "CR1:worker"),
    ],
    "07_triple_difference": [
        (r"^fixest cluster practice K\.exact$", "small", "CR1_Kexact:practice"),
        (r"^fixest cluster practice K\.fixef=full$", "small", "CR1_full:practice"),
        (r"^linearmodels AbsorbingLS clustered practice \[small\]$", "small", "CR1:practice"),
    ],
    "08_event_study_pretrend": [(r"^pyfixest CRV1:id\+period$", "base_did", "CR1:id+period")],
    "13_rank_deficient": [
        (r"^near duplicate \(1e-7\)$|^(?:pyfixest|fereg) near duplicate$", "x1+near+x2", "iid"),
    ],
    "16_weights_na_zero_freq": [
        (r"^(HC[0-3])$", "wls", r"\1"),
        (r"^fixest weighted (HC[23])$", "wls", r"\1"),
        (r"^statsmodels WLS nonrobust \(zero weights kept\)$", "wls", "iid"),
        (r"^statsmodels WLS (HC1) \(zero weights kept\)$", "wls", r"\1"),
    ],
    "17_conditioning": [
        (r"^lm illscaled$|^fixest illscaled$|^pyfixest illscaled$|^fereg illscaled$", "illscaled", "iid"),
        (r"^statsmodels illscaled dummies$", "illscaled", "iid"),
    ],
}

# Certified blocks and the names of their models in the tests.
BLOCKS = {
    "01_longley_ols": {"ols": "ols", "nist_scaling_decimal_data": "nist"},
    "02_weighted_ols": {"wls": "wls"},
    "03_oneway_fe_nested_cluster": {"fe_firm": "fe_firm"},
    "04_twoway_fe_twoway_cluster": {"fe_firm_year": "fe_firm_year"},
    "05_petersen_twoway": {"ols": "ols"},
    "06_threeway_fe_singletons": {
        "singletons_dropped": "dropped",
        "all_rows": "all_rows",
        "singletons_dropped_weighted": "dropped_weighted",
        "all_rows_weighted": "all_rows_weighted",
    },
    "07_triple_difference": {"small": "small", "tiny": "tiny", "tiny_singletons_dropped": "tiny_dropped"},
    "08_event_study_pretrend": {"base_did": "base_did", "ddd_screening_small": "ddd_small"},
    "09_ldv_post_period": {"wls_fe_year_ind": "wls_fe_year_ind"},
    "13_rank_deficient": {
        "x1+dup+x2": "x1+dup+x2",
        "x1+near+x2": "x1+near+x2",
        "x1+const2+zero": "x1+const2+zero",
        "x1+gx|g": "x1+gx|g",
        "gx+x1+x2|g+h": "gx+x1+x2|g+h",
    },
    "15_few_clusters_cr2_satterthwaite": {"pooled": "pooled"},
    "16_weights_na_zero_freq": {
        "wls_positive_weights_only": "wls",
        "wls_id_fe_positive_weights_only": "wls_fe",
        "freq_weights_replicated_rows": "freq",
    },
    "17_conditioning": {
        "illscaled_fe_yr": "illscaled",
        "wampler_y1": "wampler_y1",
        "wampler_y2": "wampler_y2",
    },
    "18_wage_panel": {"twfe": "twfe", "twfe_hours_weighted": "twfe_weighted"},
}
