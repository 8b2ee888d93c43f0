//! What programs do differently, one enum for each choice.

/// How K counts the columns of effects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Counting {
    /// The rank of regressors and effects together.
    Rank,
    /// All columns, less one level for each effect with intercepts after the first (P of [`Ledger::level_count`]).
    ///
    /// [`Ledger::level_count`]: crate::vcov::Ledger::level_count
    Levels,
    /// The rank of each effect, less the levels that it shares with one earlier effect.
    PairwiseRank,
    /// All columns.
    Columns,
}

/// Which effects count as nested in clusters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Nested {
    /// Every effect of which each level lies inside one cluster.
    Every,
    /// The same, unless every cluster variable is itself an effect: then these effects and no others.
    ClusterVariables,
    /// The same, if it is the only effect.
    OnlyEffect,
}

/// What a nested effect does not add to K.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Free {
    /// Nested effects count like others.
    Nothing,
    /// The joint rank of all nested effects.
    All,
    /// The same, but the constant counts if a nested effect has intercepts.
    AllButConstant,
    /// The levels of each nested effect with intercepts but one; its slopes count.
    LevelsButOne,
    /// The columns of each nested effect, but one for its intercepts and one for each slope.
    ColumnsButOne,
    /// The intercepts of nested effects; the constant and all slopes count.
    Intercepts,
}

/// How many rows the covariance is scaled by under clustering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum RowFactor {
    /// No factor.
    None,
    /// (n - 1) / (n - K)
    RowsLessOne,
    /// n / (n - K)
    Rows,
}

/// Of which clusters G/(G-1) is taken under clustering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ClusterFactor {
    /// No factor.
    None,
    /// G of the cluster variable with the fewest clusters, in every term of several ways.
    Smallest,
    /// G of the term's own clusters.
    EachTerm,
}

/// What HC2 and HC3 are multiplied with besides what they do to leverages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum LeverageFactor {
    /// No factor.
    None,
    /// n / (n - K)
    Rows,
}

/// What statistics are compared with. For iid always t(n - K); for HC the same, unless it is normal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Tail {
    /// t(G - 1) of the fewest clusters.
    Clusters,
    /// t of the smaller of G - 1 and n - K.
    ClustersOrRows,
    /// t(n - K)
    Rows,
    /// t(n - rank), whatever K counts.
    Rank,
    /// Normal and chi-squared.
    Normal,
}
