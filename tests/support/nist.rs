//! The linear sets of NIST's Statistical Reference Datasets, as their files give them.

use ceteris::Frame;

use crate::tests_data;

/// A set with its certified values.
#[derive(Debug, Clone)]
pub struct CertifiedSet {
    /// How hard NIST calls it.
    pub difficulty: String,
    /// Estimate and standard error of B0, B1, ...
    pub coefficients: Vec<(f64, f64)>,
    /// Residual standard deviation.
    pub sigma: f64,
    /// R squared.
    pub r2: f64,
    /// Columns y, x1, x2, ...
    pub frame: Frame,
}

/// Name, and formula with the terms in the order of B0, B1, ...
pub const SETS: [(&str, &str); 11] = [
    ("Norris", "y ~ x1"),
    ("Pontius", "y ~ x1 + x1^2"),
    ("NoInt1", "y ~ x1 - 1"),
    ("NoInt2", "y ~ x1 - 1"),
    ("Filip", "y ~ x1 + x1^2 + x1^3 + x1^4 + x1^5 + x1^6 + x1^7 + x1^8 + x1^9 + x1^10"),
    ("Longley", "y ~ x1 + x2 + x3 + x4 + x5 + x6"),
    ("Wampler1", POLYNOMIAL),
    ("Wampler2", POLYNOMIAL),
    ("Wampler3", POLYNOMIAL),
    ("Wampler4", POLYNOMIAL),
    ("Wampler5", POLYNOMIAL),
];
const POLYNOMIAL: &str = "y ~ x1 + x1^2 + x1^3 + x1^4 + x1^5";

/// Certified values stand in these lines of a file, data from the last of them on.
const VALUES: std::ops::Range<usize> = 30..60;

impl CertifiedSet {
    /// Reads a set of `tests/data/nist`.
    ///
    /// # Panics
    /// If the file is not of NIST's form.
    pub fn read(name: &str) -> Self {
        let path = tests_data().join("nist").join(format!("{name}.dat"));
        let text = std::fs::read_to_string(path).expect("the sets are committed");
        let lines: Vec<&str> = text.lines().collect();
        let (head, data) = (&lines[VALUES], &lines[VALUES.end..]);
        let parameter = |line: &&&str| line.trim_start().starts_with('B');
        let pairs = head.iter().filter(parameter).map(|line| numbers(line)).filter(|n| n.len() == 2);
        let after = |words: &str| {
            let line =
                head.iter().find(|line| line.trim_start().starts_with(words)).expect("a certified value");
            numbers(line)[0]
        };
        let level = lines.iter().find_map(|line| line.trim().strip_suffix("Level of Difficulty"));
        Self {
            difficulty: level.expect("a level of difficulty").trim().to_lowercase(),
            coefficients: pairs.map(|n| (n[0], n[1])).collect(),
            sigma: after("Standard Deviation   "),
            r2: after("R-Squared"),
            frame: frame(data),
        }
    }
}

fn frame(data: &[&str]) -> Frame {
    let rows: Vec<Vec<f64>> = data.iter().map(|line| numbers(line)).filter(|row| row.len() > 1).collect();
    let name = |j: usize| if j == 0 { "y".to_string() } else { format!("x{j}") };
    let column = |j: usize| rows.iter().map(|row| row[j]).collect::<Vec<f64>>();
    let columns = 0..rows.first().map_or(0, Vec::len);
    columns.fold(Frame::new(), |frame, j| frame.add_real(name(j), column(j)).expect("names differ"))
}

fn numbers(line: &str) -> Vec<f64> {
    line.split_whitespace().filter_map(|word| word.parse().ok()).collect()
}
