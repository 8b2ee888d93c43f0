//! Words into values of the libraries. Where a word does not fit, a parser says what it must be:
//! `usage` makes a sentence of that.

use std::ops::RangeInclusive;

use ceteris::frame::Interaction;
use ceteris::staggered::{Always, Never};
use ceteris::{
    Absorption, Alternating, Cluster, Condition, Hc, Iid, LeastSquares, Lsmr, Pcg, Singletons, SmallSample,
    Vcov, Weights,
};
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// What a value must be.
type Must = String;

/// `COLUMN`, `analytic:COLUMN`, `frequency:COLUMN` or `probability:COLUMN`.
pub(super) fn weights(text: &str) -> Result<Weights, Must> {
    let (kind, column) = text.split_once(':').unwrap_or(("analytic", text));
    let column = unquoted(column);
    match kind.trim() {
        _ if column.is_empty() => Err("a column, or a kind and a column".to_string()),
        "analytic" => Ok(Weights::analytic(column)),
        "frequency" => Ok(Weights::frequency(column)),
        "probability" => Ok(Weights::probability(column)),
        _ => Err("COLUMN, analytic:COLUMN, frequency:COLUMN or probability:COLUMN".to_string()),
    }
}

/// `iid`, `hc0` to `hc3`, or `cluster:` and columns.
pub(super) fn vcov(text: &str) -> Result<Vcov, Must> {
    let text = text.trim();
    match (text.split_once(':'), text.to_lowercase().as_str()) {
        (Some((kind, columns)), _) if kind.trim().eq_ignore_ascii_case("cluster") => {
            clusters(columns).map(Vcov::from)
        }
        (_, "iid") => Ok(Iid.into()),
        (_, "hc0") => Ok(Hc::Hc0.into()),
        (_, "hc1") => Ok(Hc::Hc1.into()),
        (_, "hc2") => Ok(Hc::Hc2.into()),
        (_, "hc3") => Ok(Hc::Hc3.into()),
        _ => Err("iid, hc0, hc1, hc2, hc3 or cluster:COLUMN,COLUMN".to_string()),
    }
}

/// Cluster columns, each named once.
fn clusters(columns: &str) -> Result<Cluster, Must> {
    let columns: Vec<Interaction> = outside_backquotes(columns, ',').map(Interaction::from).collect();
    if columns.len() > Cluster::MOST_COLUMNS {
        return Err(format!("cluster: and at most {} columns", Cluster::MOST_COLUMNS));
    }
    if columns.iter().flat_map(Interaction::columns).any(String::is_empty) {
        return Err("cluster: and at least one column, with commas between several".to_string());
    }
    if (1..columns.len()).any(|i| columns[..i].contains(&columns[i])) {
        return Err("cluster: and columns that differ".to_string());
    }
    Ok(Cluster::by(columns))
}

/// The parts of a text between the separators that do not stand in backquotes.
fn outside_backquotes(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    text.split(move |c| {
        is_quoted ^= c == '`';
        c == separator && !is_quoted
    })
}

/// A column, one of several with commas between them.
pub(super) fn column(text: &str) -> Result<String, Must> {
    match unquoted(text) {
        none if none.is_empty() => Err("a column, or several with commas between them".to_string()),
        column => Ok(column),
    }
}

/// `COLUMN >= NUMBER`, `COLUMN < NUMBER` or `COLUMN == LABEL`.
pub(super) fn condition(text: &str) -> Result<Condition, Must> {
    let must = || "'COLUMN >= NUMBER', 'COLUMN < NUMBER' or 'COLUMN == LABEL'".to_string();
    let at = text.find(['>', '<', '=', '!']).ok_or_else(must)?;
    let length = text[at..].find(|c| !">=<!".contains(c)).unwrap_or(text.len() - at);
    let (column, operator, value) =
        (unquoted(&text[..at]), &text[at..at + length], unquoted(&text[at + length..]));
    if column.is_empty() || value.is_empty() {
        return Err(must());
    }
    match operator {
        ">=" => Ok(Condition::at_least(column, finite(&value).ok_or_else(must)?)),
        "<" => Ok(Condition::below(column, finite(&value).ok_or_else(must)?)),
        "==" => Ok(Condition::equals(column, value)),
        _ => Err(must()),
    }
}

/// A name or label without blanks around it and without one pair of quotes.
fn unquoted(text: &str) -> String {
    let text = text.trim();
    let inner = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    ['`', '"', '\''].into_iter().find_map(inner).unwrap_or(text).to_string()
}

fn finite(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// A finite number.
pub(super) fn number(text: &str) -> Result<f64, Must> {
    finite(text).ok_or_else(|| "a number, such as 1e-9".to_string())
}

/// A number above zero.
pub(super) fn positive(text: &str) -> Result<f64, Must> {
    finite(text).filter(|number| *number > 0.0).ok_or_else(|| "a number above 0".to_string())
}

/// A number of at least zero.
pub(super) fn at_least_zero(text: &str) -> Result<f64, Must> {
    finite(text).filter(|number| *number >= 0.0).ok_or_else(|| "a number of at least 0".to_string())
}

/// A count.
pub(super) fn count(text: &str) -> Result<usize, Must> {
    text.trim().parse().map_err(|_| "a whole number of at least 0".to_string())
}

/// A number of lags or leads. Each is a column of the regression.
pub(super) fn periods(text: &str) -> Result<u32, Must> {
    const MOST: u32 = 1000;
    let some = text.trim().parse().ok().filter(|periods| (1..=MOST).contains(periods));
    some.ok_or_else(|| format!("a whole number of at least 1 and at most {MOST}"))
}

/// A time, a whole number. Differences of them do not overflow.
pub(super) fn time(text: &str) -> Result<i64, Must> {
    const MOST: i64 = 999_999_999_999_999;
    let time = text.trim().parse().ok().filter(|time| (-MOST..=MOST).contains(time));
    time.ok_or_else(|| "a whole number of at most 15 digits, such as 2013".to_string())
}

/// `FIRST:LAST`
pub(super) fn window(text: &str) -> Result<RangeInclusive<i64>, Must> {
    let must = || "two whole numbers that rise, such as -5:5".to_string();
    let (first, last) = text.split_once(':').ok_or_else(must)?;
    let (first, last) = (time(first).map_err(|_| must())?, time(last).map_err(|_| must())?);
    if first <= last { Ok(first..=last) } else { Err(must()) }
}

/// A value that stands for never, or `missing`.
pub(super) fn never(text: &str) -> Result<Never, Must> {
    let text = text.trim();
    let whole = |number: &f64| number.fract() == 0.0 && number.abs() <= f64::from(i32::MAX);
    match text.parse::<f64>() {
        _ if text == "missing" => Ok(Never::Missing),
        Ok(f64::INFINITY) => Ok(Never::Later), // as any time after the last one
        Ok(number) if whole(&number) => Ok(Never::Value(number as i64)), // 0.0 is 0
        _ => time(text).map(Never::Value).map_err(|must| format!("{must}, or \"missing\"")),
    }
}

/// What becomes of units treated from the start.
pub(super) fn always() -> impl TypedValueParser<Value = Always> {
    choice([("drop", Always::Drop), ("keep", Always::Keep)])
}

/// A probability that an interval can have.
pub(super) fn level(text: &str) -> Result<f64, Must> {
    let inside = |level: &f64| 0.0 < *level && *level < 1.0;
    finite(text).filter(inside).ok_or_else(|| "between 0 and 1, such as 0.95".to_string())
}

/// One byte between fields.
pub(super) fn delimiter(text: &str) -> Result<u8, Must> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [one] => Ok(*one),
        _ => Err("one ASCII character, or \"tab\"".to_string()),
    }
}

/// 0 to 3; which of them are computed, the command says.
pub(super) fn cluster_type() -> impl TypedValueParser<Value = u8> {
    choice([("0", 0), ("1", 1), ("2", 2), ("3", 3)])
}

/// The presets of the library, by their names.
pub(super) fn small_sample() -> impl TypedValueParser<Value = SmallSample> {
    let names = SmallSample::all().filter_map(SmallSample::preset);
    PossibleValuesParser::new(names).try_map(|name| name.parse::<SmallSample>())
}

/// What happens to singletons.
pub(super) fn singletons() -> impl TypedValueParser<Value = Singletons> {
    choice([("drop", Singletons::Drop), ("keep", Singletons::Keep)])
}

/// The dense backends, by their names.
pub(super) fn solver() -> impl TypedValueParser<Value = LeastSquares> {
    choice([LeastSquares::Faer, LeastSquares::Lapack].map(|solver| (solver.name(), solver)))
}

/// The ways to absorb effects; the settings of the iterations have flags of their own.
pub(super) fn absorber() -> impl TypedValueParser<Value = Absorption> {
    choice([
        ("auto", Absorption::Auto),
        ("exact", Absorption::Exact),
        ("direct", Absorption::Direct),
        ("pcg", Pcg::default().into()),
        ("lsmr", Lsmr::default().into()),
        ("alternating", Alternating::default().into()),
        ("dummies", Absorption::Dummies),
    ])
}

/// One of a few words, each with its value.
pub(super) fn choice<T, const N: usize>(choices: [(&'static str, T); N]) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    let words = choices.map(|(word, _)| word);
    PossibleValuesParser::new(words).try_map(move |text| {
        let named = choices.iter().find(|(word, _)| *word == text);
        named.map(|(_, value)| *value).ok_or("one of the words listed")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_analytic_unless_their_kind_is_named() {
        assert_eq!(weights("eligible"), Ok(Weights::analytic("eligible")));
        assert_eq!(weights("analytic:a:b"), Ok(Weights::analytic("a:b")));
        assert_eq!(weights("frequency: n"), Ok(Weights::frequency("n")));
        assert!(weights("analitic:n").is_err() && weights("frequency:").is_err());
    }

    #[test]
    fn a_covariance_is_named_in_any_case() {
        assert_eq!(vcov("HC1"), Ok(Hc::Hc1.into()));
        let two_ways = Cluster::by(["firm", "region^year"]);
        assert_eq!(vcov("cluster:firm, region^year"), Ok(two_ways.clone().into()));
        assert_eq!(vcov("cluster:`firm`,`region` ^ year"), Ok(two_ways.into()));
        assert_eq!(vcov("cluster:`a, b`"), Ok(Cluster::by(["a, b"]).into()));
        for text in ["", "hc4", "cluster", "cluster:", "cluster:a,", "cluster:a,a", "cluster:a^", "robust:a"]
        {
            assert!(vcov(text).is_err(), "{text}");
        }
    }

    #[test]
    fn conditions_have_three_operators() {
        assert_eq!(condition("year>=2013"), Ok(Condition::at_least("year", 2013.0)));
        assert_eq!(condition("x < -1.5"), Ok(Condition::below("x", -1.5)));
        assert_eq!(condition("`a b` == \"c > d\""), Ok(Condition::equals("a b", "c > d")));
        for text in ["year", "year > 2013", "year = 2013", "year >= x", ">= 3", "a ==", "a <> 3", "x < NaN"] {
            assert!(condition(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_window_rises_and_never_is_a_value_or_missing() {
        assert_eq!(window("-5:5"), Ok(-5..=5));
        assert!(window("5:-5").is_err() && window("5").is_err() && window("a:b").is_err());
        assert_eq!(never("0"), Ok(Never::Value(0)));
        assert_eq!(never("missing"), Ok(Never::Missing));
        assert!(never("no").is_err() && time("2013.5").is_err());
    }

    #[test]
    fn numbers_have_bounds() {
        assert!(level("0.9").is_ok() && level("1").is_err() && level("NaN").is_err());
        assert!(positive("0.1").is_ok() && positive("0").is_err() && at_least_zero("0").is_ok());
        assert!(at_least_zero("-1").is_err() && periods("0").is_err() && periods("2").is_ok());
        assert!(count("0").is_ok() && count("-1").is_err() && number("inf").is_err());
        assert_eq!(delimiter("tab"), Ok(b'\t'));
        assert!(delimiter("é").is_err() && delimiter("").is_err());
    }

    #[test]
    fn the_command_line_is_sound() {
        use clap::CommandFactory;
        crate::args::Cli::command().debug_assert();
    }
}
