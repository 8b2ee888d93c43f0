//! Inputs that once gave a wrong number, a message that hid its cause, or none, with what they must give.
//! `README.md` says where each comes from.

mod data;
mod degrees_of_freedom;
mod designs;
mod effects;
mod model;
mod never_treated;
mod values;
mod variances;

#[test]
fn the_page_on_validation_shows_the_table_of_these_inputs() {
    let page = include_str!("../../docs/validation.md");
    let rows = include_str!("README.md").lines().filter(|line| line.starts_with('|'));
    for row in rows {
        assert!(page.contains(row), "docs/validation.md, section 5 (edit examples/validation): {row}");
    }
}
