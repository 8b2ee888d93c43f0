//! The JSON object of `ceteris fit`, and the library's answer to compare it with.

use ceteris::{Frame, Inference};
use serde_json::Value;

/// The object that the program printed.
pub(crate) fn object(text: &str) -> Value {
    assert_eq!(text.lines().count(), 1, "one object on one line");
    serde_json::from_str(text).expect("JSON")
}

/// The bits of a number.
pub(crate) fn number(value: &Value) -> u64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number")).to_bits()
}

/// Asserts that an object holds what the library computes, to the bit.
pub(crate) fn assert_same(object: &Value, inference: &Inference, level: f64) {
    let rows = object["coefficients"].as_array().expect("a list");
    assert_eq!(rows.len(), inference.coefs().len());
    for (i, (row, coef)) in rows.iter().zip(inference.coefs()).enumerate() {
        let (low, high) = coef.confint(level).expect("a level");
        assert_eq!(row["term"], coef.name);
        assert_eq!(number(&row["estimate"]), coef.estimate.to_bits());
        assert_eq!(number(&row["std_error"]), coef.std_error.expect("a standard error").to_bits());
        assert_eq!(number(&row["statistic"]), coef.statistic().expect("a standard error").to_bits());
        assert_eq!(number(&row["p_value"]), coef.p_value().expect("a standard error").to_bits());
        assert_eq!(number(&row["conf_low"]), low.to_bits());
        assert_eq!(number(&row["conf_high"]), high.to_bits());
        for j in 0..rows.len() {
            assert_eq!(number(&object["vcov"]["matrix"][i][j]), inference.matrix()[(i, j)].to_bits());
        }
    }
    let quality = inference.fit().quality();
    assert_eq!(number(&object["r2"]), quality.r2.to_bits());
    assert_eq!(number(&object["rmse"]), quality.rmse.to_bits());
    assert_eq!(number(&object["sigma"]), quality.sigma.to_bits());
    assert_eq!(object["nobs"], inference.fit().nobs());
}

/// The frame of a table.
pub(crate) fn frame(table: &str) -> Frame {
    let loaded = ceteris_data::CsvReader::new().load_bytes(table.as_bytes(), "a.csv");
    loaded.expect("a sound table").frame
}
