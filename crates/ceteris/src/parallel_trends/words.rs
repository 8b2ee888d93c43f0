//! The report in words: what was found, never a verdict.

use std::fmt;

use super::equivalence::{Construction, Equivalence, EquivalenceTest, Violation};
use super::linear_trend::LinearTrend;
use super::report::{TrendDetection, TrendsReport};
use super::{Answer, Placebo};
use crate::inference::{Coefficient, WaldTest};

impl fmt::Display for TrendsReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let leads: Vec<String> = self.path.leads().iter().map(ToString::to_string).collect();
        writeln!(f, "leads at event times {}", leads.join(", "))?;
        part(f, "joint test", &self.joint, joint)?;
        placebos(f, &self.placebos, self.level)?;
        part(f, "linear trend", &self.trend, |f, found| trend(f, found, self.level))?;
        part(f, "equivalence", &self.equivalence, |f, tests| equivalence(f, tests))?;
        part(f, "power", &self.power, power)?;
        for honest in [&self.magnitudes, &self.smoothness] {
            match honest {
                Answer::Given(found) => write!(f, "\n{found}")?, // it has a heading of its own
                Answer::Refused { reason } => writeln!(f, "\nhonest bounds\nnot available: {reason}")?,
            }
        }
        writeln!(
            f,
            "\nNone of this shows that trends are parallel: it shows which violations the data speak against."
        )
    }
}

/// A heading and an answer, or why there is none.
fn part<T>(
    f: &mut fmt::Formatter<'_>,
    heading: &str,
    answer: &Answer<T>,
    words: impl Fn(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    writeln!(f, "\n{heading}")?;
    match answer {
        Answer::Given(found) => words(f, found),
        Answer::Refused { reason } => writeln!(f, "not available: {reason}"),
    }
}

fn joint(f: &mut fmt::Formatter<'_>, test: &WaldTest) -> fmt::Result {
    let denominator = test.dof_residual.map_or(String::new(), |dof| format!(", {dof}"));
    writeln!(f, "F({}{denominator}) = {:.4}, p = {:.4e}", test.dof, test.statistic, test.p_value)
}

fn placebos(f: &mut fmt::Formatter<'_>, placebos: &[Placebo], level: f64) -> fmt::Result {
    if placebos.is_empty() {
        return Ok(());
    }
    writeln!(f, "\nplacebos in time")?;
    for Placebo { date, effect } in placebos {
        match effect {
            Answer::Given(effect) => writeln!(f, "{date:>8}  {}", estimated(effect, level))?,
            Answer::Refused { reason } => writeln!(f, "{date:>8}  not available: {reason}")?,
        }
    }
    Ok(())
}

fn trend(f: &mut fmt::Formatter<'_>, LinearTrend { slope, net }: &LinearTrend, level: f64) -> fmt::Result {
    writeln!(f, "drift in each period: {}", estimated(slope, level))?;
    let Some(net) = net else { return Ok(()) };
    writeln!(f, "effects net of that drift, if it went on:")?;
    for coef in net.coefs() {
        writeln!(f, "{:>8}  {}", coef.name, estimated(&coef, level))?;
    }
    Ok(())
}

fn equivalence(f: &mut fmt::Formatter<'_>, tests: &[EquivalenceTest]) -> fmt::Result {
    for test in tests {
        let violation = match test.violation {
            Violation::Lead(time) => format!("lead {time}"),
            Violation::Maximum => "largest lead".to_string(),
            Violation::Mean => "mean lead".to_string(),
            Violation::RootMeanSquare => "root mean square".to_string(),
        };
        let construction = match test.construction {
            Construction::TwoOneSided => "two one-sided tests",
            Construction::Folded => "folded distribution",
            Construction::Ellipsoid => "joint ellipsoid",
        };
        write!(
            f,
            "{violation}, {construction}: estimate {:.6}, shown to be below {:.6}",
            test.statistic, test.smallest_margin
        )?;
        match &test.at_margin {
            Some(at) => {
                let shown = match at.verdict {
                    Equivalence::Shown => "shown",
                    Equivalence::NotShown => "not shown",
                };
                writeln!(f, "; below {}: {shown}, p = {:.4e}", at.margin, at.p_value)?;
            }
            None => writeln!(f)?,
        }
    }
    Ok(())
}

fn power(f: &mut fmt::Formatter<'_>, found: &TrendDetection) -> fmt::Result {
    let percent = percent(found.power);
    writeln!(f, "drift in each period that is seen with probability {percent}:")?;
    writeln!(f, "  by the joint test {:.6}, by some single lead {:.6}", found.joint, found.any_lead)?;
    let passing = &found.after_passing;
    writeln!(
        f,
        "a drift of {:.6} stays unseen half of the time, and then biases the effects by",
        passing.slope
    )?;
    for point in passing.points.iter().filter(|point| point.event_time >= 0) {
        writeln!(
            f,
            "{:>8}  {:.6} (over all samples {:.6})",
            point.event_time, point.conditional, point.unconditional
        )?;
    }
    writeln!(
        f,
        "likelihood of the leads under that drift, relative to parallel trends: {:.4}",
        passing.likelihood_ratio
    )
}

fn estimated(coef: &Coefficient, level: f64) -> String {
    format!("{:.6} {}", coef.estimate, coef.uncertainty(level, 6))
}

/// 0.55 is 55%, though a hundred times 0.55 is not quite 55.
fn percent(share: f64) -> String {
    format!("{}%", (1e8 * share).round() / 1e6)
}
