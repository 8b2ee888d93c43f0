//! Lagged-outcome designs and the bracket: witnesses, identities, planted truths, published data.

mod bracket;
mod identities;
mod nickell;
mod published;
mod simulated;
mod witness;
