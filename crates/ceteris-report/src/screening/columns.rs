//! Which column of a user's panel is what.

/// The names of a panel's columns and of its two indicators. The defaults are those of the twin's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelColumns {
    /// Identifies a practice.
    pub practice: String,
    /// Number of local authorities that the practice's commissioner works with.
    pub local_authorities: String,
    /// Identifies the commissioner (CCG).
    pub ccg: String,
    /// Financial year, as `2009/10` or as the number 2009.
    pub year: String,
    /// Tells the indicators apart.
    pub indicator: String,
    /// Events.
    pub numerator: String,
    /// Persons or deliveries: the weight.
    pub denominator: String,
    /// The label of the indicator that the reform should reach.
    pub affected: String,
    /// The label of the indicator that it should not reach.
    pub unaffected: String,
    /// The label of a second indicator that it should not reach, used where the panel has it.
    pub second: String,
}

impl Default for PanelColumns {
    fn default() -> Self {
        let name = String::from;
        Self {
            practice: name("practice"),
            local_authorities: name("n_la"),
            ccg: name("ccg"),
            year: name("year"),
            indicator: name("indicator"),
            numerator: name("numerator"),
            denominator: name("denominator"),
            affected: name("screening"),
            unaffected: name("unassisted_birth"),
            second: name("caesarean"),
        }
    }
}
