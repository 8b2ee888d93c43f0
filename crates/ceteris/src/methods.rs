//! How each quantity is computed: the formulas, what is assumed, and the papers with their equations.
//!
//! These are the pages of `docs/methods`, one module for each; they exist in the documentation only.

/// Modules that hold a page each.
macro_rules! pages {
    ($($page:ident)*) => {
        $(
            #[doc = include_str!(concat!("../methods/", stringify!($page), ".md"))]
            pub mod $page {}
        )*
    };
}

pages! {
    absorbed_effects
    bracket
    cluster_robust
    difference_in_differences
    dose_difference
    equivalence
    event_study
    group_time_effects
    honest_bounds
    imputation
    interaction_weighted
    lagged_outcome
    matching
    nickell_bias
    parallel_trends
    regression_adjustment
    simultaneous_bands
    standard_errors
    synthetic_control
    synthetic_difference
    trend_power
    two_way_decomposition
}
