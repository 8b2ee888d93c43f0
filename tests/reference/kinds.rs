//! Which covariance and which preset of ours must reproduce a kind of standard error.
//!
//! | kind in the tables | covariance | preset |
//! |---|---|---|
//! | `iid`, `HC0`..`HC3`, `CR0`, `CR1` of a program | the same | the one that bears its name |
//! | `CR1_nonnested`, `iid_exact`, `HC1_exact` | CR1, iid, HC1 | `exact` |
//! | `CR1S`, `CR1_full`, `twoway_min` | CR1 | `areg`: all of the rank counts, smallest G |
//! | `CR1_G`, clubSandwich's `CR1` | CR1 | `clubsandwich`: G/(G-1) alone |
//! | `twoway_conventional`, `CR1_conventional` | CR1 | `statsmodels`: G/(G-1) of each term |

use ceteris::{Cluster, Hc, Iid, SmallSample, Vcov};

/// The covariance that a kind stands for, where a program answers it.
///
/// # Panics
/// If the kind or the program has no meaning here: no row may pass unread.
pub(crate) fn question(kind: &str, program: &str) -> Vcov {
    let (label, by) = kind.split_once(':').unwrap_or((kind, ""));
    let clusters = || Cluster::by(by.split('+').filter(|column| !column.is_empty()));
    let (vcov, small_sample) = match label {
        "iid" => (Vcov::from(Iid), preset_of(program)),
        "HC0" => (Vcov::from(Hc::Hc0), preset_of(program)),
        "HC1" => (Vcov::from(Hc::Hc1), preset_of(program)),
        "HC2" => (Vcov::from(Hc::Hc2), preset_of(program)),
        "HC3" => (Vcov::from(Hc::Hc3), preset_of(program)),
        "CR0" | "twoway_CR0" => (clusters().cr0().into(), preset_of(program)),
        "CR1" => (clusters().into(), preset_of(program)),
        "iid_exact" => (Vcov::from(Iid), SmallSample::exact()),
        "HC1_exact" => (Vcov::from(Hc::Hc1), SmallSample::exact()),
        "CR1_nonnested" => (clusters().into(), SmallSample::exact()),
        "CR1_G" => (clusters().into(), SmallSample::clubsandwich()),
        "CR1S" | "CR1_full" | "twoway_min" => (clusters().into(), SmallSample::areg()),
        "CR1_conventional" | "twoway_conventional" => (clusters().into(), SmallSample::statsmodels()),
        _ => panic!("no covariance is known for the kind `{kind}` of {program}"),
    };
    vcov.small_sample(small_sample)
}

/// The preset that bears a program's name; `exact` for certified values and for programs that are
/// asked only where it counts as they do.
fn preset_of(program: &str) -> SmallSample {
    match program {
        "certified" | "R" | "plm" | "hdfe-stream" => SmallSample::exact(),
        "fixest" => SmallSample::fixest(),
        "pyfixest" | "fereg" => SmallSample::pyfixest(),
        "econhdfe" => SmallSample::reghdfe(),
        "linearmodels" => SmallSample::linearmodels(),
        "statsmodels" => SmallSample::statsmodels(),
        "sandwich" => SmallSample::sandwich(),
        "clubSandwich" => SmallSample::clubsandwich(),
        _ => panic!("no preset is known for the program `{program}`"),
    }
}
