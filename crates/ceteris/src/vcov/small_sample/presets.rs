//! The table of presets, one row for each program: the only list of their names.

use super::SmallSample;
use super::fields::{ClusterFactor, Counting, Free, LeverageFactor, Nested, RowFactor, Tail};

macro_rules! presets {
    ($($(#[$doc:meta])* $visible:vis $preset:ident $name:literal
        $counting:ident $nested:ident $free:ident $rows:ident $clusters:ident $tail:ident $leverage:ident;)*) => {
        impl SmallSample {
            $($(#[$doc])*
            $visible const fn $preset() -> Self {
                Self {
                    counting: Counting::$counting,
                    nested: Nested::$nested,
                    free: Free::$free,
                    rows: RowFactor::$rows,
                    clusters: ClusterFactor::$clusters,
                    tail: Tail::$tail,
                    leverage: LeverageFactor::$leverage,
                }
            })*
        }

        /// Names and fields, in the order in which they are listed everywhere.
        pub(crate) const PRESETS: &[(&str, SmallSample)] = &[$(($name, SmallSample::$preset())),*];
    };
}

// preset, its name: K counts, nested are, free of them, (n-1)/(n-K), G/(G-1), tail, factor of HC2 and HC3
presets! {
    /// The true rank, nested effects free, the smallest number of clusters: what we hold to be right.
    pub exact "exact" Rank Every AllButConstant RowsLessOne Smallest Clusters None;
    /// R's fixest 0.14: levels are counted and not the rank, slopes are never free.
    pub fixest "fixest" Levels ClusterVariables LevelsButOne RowsLessOne Smallest Clusters None;
    /// Python's pyfixest: as fixest, but every nested effect is found, and HC2 and HC3 are multiplied by n/(n-K).
    pub pyfixest "pyfixest" Levels Every LevelsButOne RowsLessOne Smallest Clusters Rows;
    /// Stata's reghdfe 6.
    pub reghdfe "reghdfe" PairwiseRank Every Intercepts RowsLessOne Smallest ClustersOrRows None;
    /// Stata's areg: every effect counts, nested or not.
    pub areg "areg" Rank Every Nothing RowsLessOne Smallest Clusters None;
    /// Stata's xtreg, fe.
    pub xtreg "xtreg" Levels Every LevelsButOne RowsLessOne Smallest Clusters None;
    /// FixedEffectModels.jl 1.13 as documented: an effect costs its levels, a nested one costs 1.
    pub(crate) fixed_effect_models "FixedEffectModels.jl" Columns Every ColumnsButOne RowsLessOne Smallest Clusters None;
    /// Python's linearmodels 7 (`PanelOLS`, without `group_debias`): no G/(G-1), and a nested effect is
    /// seen only where it is the only one.
    pub linearmodels "linearmodels" Rank OnlyEffect All Rows None Rank None;
    /// Python's statsmodels.
    pub statsmodels "statsmodels" Rank Every Nothing RowsLessOne EachTerm Normal None;
    /// R's sandwich on `lm` with a dummy for each level (`vcovHC`, and `vcovCL` of type HC1).
    pub sandwich "sandwich" Rank Every Nothing RowsLessOne EachTerm Rows None;
    /// R's clubSandwich.
    pub clubsandwich "clubsandwich" Rank Every Nothing None EachTerm Clusters None;
}

impl SmallSample {
    /// Every preset that can be chosen by name, in the order of the table. FixedEffectModels.jl is not among
    /// them: no reference case proves it.
    pub fn all() -> impl Iterator<Item = Self> {
        PRESETS.iter().map(|(_, preset)| *preset).filter(|preset| *preset != Self::fixed_effect_models())
    }

    /// The name of the preset; `None` for a combination of fields that is no preset.
    pub fn preset(self) -> Option<&'static str> {
        PRESETS.iter().find(|(_, preset)| *preset == self).map(|(name, _)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_presets_are_equal_and_names_read_back() {
        for (place, (name, preset)) in PRESETS.iter().enumerate() {
            assert_eq!(preset.preset(), Some(*name));
            assert!(PRESETS[..place].iter().all(|(_, other)| other != preset), "{name}");
        }
        for preset in SmallSample::all() {
            assert_eq!(preset.to_string().parse::<SmallSample>().unwrap(), preset);
        }
        assert_eq!(SmallSample::all().count(), PRESETS.len() - 1);
    }
}
