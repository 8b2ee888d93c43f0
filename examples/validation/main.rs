//! Writes `docs/validation.md`: how many digits are right, beside whom, and where programs disagree.
//!
//! ```text
//! cargo run --release --example calibration > target/calibration.md
//! cargo run --release --example validation [CALIBRATION]
//! ```
//!
//! `CALIBRATION` is what the first command wrote, `target/calibration.md` unless another file is named. The
//! cases, and what each kind of standard error asks of a fit, are those of the reference tests.

#[path = "../../tests/reference/cases.rs"]
#[allow(clippy::unwrap_used, reason = "written for tests, of columns that are there")]
mod cases;
mod certified_sets;
mod compared;
mod disagreements;
mod failure;
#[path = "../../tests/reference/kinds.rs"]
mod kinds;
mod presets;
mod reference;

use std::path::Path;

use failure::Failure;

/// Where the output of the calibration lies unless the command says otherwise.
const CALIBRATION: &str = "target/calibration.md";
/// The page.
const PAGE: &str = "docs/validation.md";

const HEAD: &str = "\
# Validation

This page is generated; edit `examples/validation` and not the page. It is made anew by

```text
cargo run --release --example calibration > target/calibration.md
cargo run --release --example validation
```

*Digits* are correct significant digits: -log10 of the relative error, at most 15 (what a double holds). Where
a cell covers several numbers it shows the fewest. All numbers of ours are from the default solver.

1. [Certified sets of NIST](#1-certified-sets-of-nist)
2. [Reference cases](#2-reference-cases)
3. [Where programs disagree](#3-where-programs-disagree)
4. [Calibration](#4-calibration)
5. [What was wrong and is mended](#5-what-was-wrong-and-is-mended)
";

/// The table of inputs that once went wrong, which stands beside the inputs.
const FAULTS: &str = include_str!("../../tests/faults/README.md");

fn main() -> Result<(), Failure> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let calibration = match std::env::args_os().nth(1) {
        Some(file) => file.into(),
        None => root.join(CALIBRATION),
    };
    let calibration = std::fs::read_to_string(&calibration).map_err(|error| {
        format!("no output of the example `calibration` in `{}`: {error}", calibration.display())
    })?;
    let studied = compared::study_all()?;
    let sections = [
        HEAD.to_string(),
        certified_sets::section()?,
        reference::section(&studied)?,
        disagreements::section(&studied)?,
        presets::section(&studied)?,
        calibration_section(&calibration),
        mended_section(),
    ];
    std::fs::write(
        root.join(PAGE),
        sections.map(|section| section.trim_end().to_string() + "\n").join("\n"),
    )?;
    Ok(())
}

fn calibration_section(output: &str) -> String {
    format!(
        "## 4. Calibration

Digits say that a formula was computed, not that it is the right one for the data. A simulation says how often
the tests reject a true null, and so where each standard error can be believed.

{output}"
    )
}

fn mended_section() -> String {
    let table: Vec<&str> = FAULTS.lines().filter(|line| line.starts_with('|')).collect();
    format!(
        "## 5. What was wrong and is mended

Inputs on which an earlier state of this library gave a wrong number, nothing, or no end. Each is a test now
(`cargo test --test faults`), as are the properties that rule out its kind.

{}",
        table.join("\n")
    )
}
