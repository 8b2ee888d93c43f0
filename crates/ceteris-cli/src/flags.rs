//! The flags that set what the libraries call by other names: the one place that knows both.

/// A setting by its builder method, one of its values or none, and what a user of the command line writes.
const FLAGS: [(&str, Option<&str>, &str); 25] = [
    ("absorption", None, "--absorber"),
    ("absorption", Some("Absorption::Direct"), "--absorber direct"),
    ("adjust_for", None, "--adjust"),
    ("adjustment", None, "--adjustment"),
    ("adjustment", Some("Adjustment::OutcomeRegression"), "--adjustment regression"),
    ("always", None, "--always"),
    ("controls", None, "--controls"),
    ("controls", Some("Controls::NotYetTreated"), "--controls not-yet"),
    ("delimiter", None, "--delimiter"),
    ("lags", None, "--lags"),
    ("leads", None, "--leads"),
    ("least_squares", None, "--solver"),
    ("least_squares", Some("LeastSquares::Faer"), "--solver faer"),
    ("least_squares", Some("LeastSquares::Lapack"), "--solver lapack"),
    ("level", None, "--level"),
    ("limit", None, "--limit"),
    ("magnitudes", None, "--magnitudes"),
    ("never", None, "--never"),
    ("overwrite", Some("Overwrite::Replace"), "--force"),
    ("power", None, "--power"),
    ("reference", None, "--reference"),
    ("replace", None, "--force"),
    ("smoothness", None, "--smoothness"),
    ("tolerance", None, "--tolerance"),
    ("window", None, "--window"),
];

/// The flag for a setting or one of its values; what has no flag keeps its name.
pub(crate) fn flag(setting: &str, value: Option<&str>) -> String {
    let known = FLAGS.iter().find(|row| (row.0, row.1) == (setting, value));
    known.map_or_else(|| ceteris::error::in_rust(setting, value), |row| format!("`{}`", row.2))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::args::Cli;

    #[test]
    fn every_flag_of_the_table_is_one_of_some_command() {
        let whole = Cli::command();
        let known: Vec<String> = whole
            .get_subcommands()
            .flat_map(|command| command.get_subcommands().chain([command]))
            .flat_map(|command| command.get_arguments().filter_map(|arg| arg.get_long()))
            .map(|long| format!("--{long}"))
            .collect();
        for (setting, _, flag) in FLAGS {
            let name = flag.split(' ').next().unwrap_or_default();
            assert!(known.iter().any(|long| long == name), "{setting}: {flag}");
        }
    }

    #[test]
    fn a_setting_without_a_flag_keeps_its_name() {
        assert_eq!(flag("limit", None), "`--limit`");
        assert_eq!(flag("absorption", Some("Absorption::Direct")), "`--absorber direct`");
        assert_eq!(flag("draws", None), "`draws`");
    }
}
