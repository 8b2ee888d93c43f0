//! Every command that the README and the help show runs as it stands.

use std::fs;
use std::path::Path;

use crate::run::{ceteris, folder, printed};

const README: &str = include_str!("../../../../README.md");
const COMMANDS: [&str; 7] = ["did", "ddd", "event", "ldv", "bracket", "trends", "fit"];

/// The columns that the examples name: 48 practices over 2009 to 2016, some reformed in 2013 or 2014.
fn panel() -> String {
    let mut table = String::from(
        "practice,year,rate,dose,other_dose,eligible,region,reform_region,after,screening,reform_year\n",
    );
    for (practice, year) in
        (0..48_u32).flat_map(|practice| (2009..=2016_u32).map(move |year| (practice, year)))
    {
        let first = [2013, 2014, 2099][practice as usize % 3];
        let (region, after) = (u8::from(first == 2013), u8::from(year >= 2013));
        let noise = f64::from((practice * 37 + year * 11 + practice * year * 5) % 23) / 8.0;
        let dose =
            f64::from((practice * 13 + year * 7) % 11) / 8.0 + f64::from(practice % 5) * f64::from(after);
        let other = f64::from(practice % 7);
        let rate = 60.0
            + f64::from(practice % 9)
            + f64::from(year - 2009) / 2.0
            + noise
            + 2.0 * f64::from(u8::from(year >= first));
        let (eligible, screening) = (100 + practice % 4, practice / 3 % 2);
        table.push_str(&format!(
            "p{practice},{year},{rate},{dose},{other},{eligible},{region},{region},{after},{screening},{first}\n"
        ));
    }
    table
}

/// Words as a shell splits them: at blanks outside double quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            c => words.last_mut().expect("never empty").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The lines of a text that are commands, those that end with a backslash continued.
fn commands(text: &str) -> Vec<Vec<String>> {
    let whole = text.replace("\\\n", " ");
    let lines =
        whole.lines().map(str::trim).filter(|line| line.starts_with("ceteris ") && line.contains("--data"));
    lines.map(|line| words(line).split_off(1)).collect()
}

fn runs(here: &Path, command: &[String]) {
    let args: Vec<&str> = command.iter().map(String::as_str).collect();
    let output = ceteris(here, &args);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !output.stdout.is_empty(), "{command:?}: {told}");
}

fn with_data(name: &str) -> std::path::PathBuf {
    let here = folder(name);
    fs::write(here.join("panel.csv"), panel()).expect("the folder can be written");
    printed(&here, &["data", "convert", "panel.csv", "panel.parquet"]);
    here
}

#[test]
fn commands_of_the_readme_run() {
    let here = with_data("readme");
    let found = commands(README);
    assert!(found.len() >= 9, "{found:?}");
    found.iter().for_each(|command| runs(&here, command));
}

#[test]
fn commands_of_the_help_run() {
    let here = with_data("help");
    for command in COMMANDS {
        let help = printed(&here, &[command, "--help"]);
        let found = commands(&help);
        assert!(command == "fit" || !found.is_empty(), "{help}");
        found.iter().for_each(|command| runs(&here, command));
    }
}

#[test]
fn commands_of_the_readme_that_need_no_panel_run() {
    let here = folder("readme_data");
    printed(&here, &["data", "twin", "my_panel.csv", "--caesarean"]);
    for line in README.lines().filter(|line| line.starts_with("ceteris ") && !line.contains("--data")) {
        let args = words(line).split_off(1);
        if args[0] == "check-table" {
            fs::write(here.join(&args[1]), "name,b,se,t\nx,0.50,0.10,5.0\n").expect("writable");
        }
        runs(&here, &args);
        let _ = fs::remove_dir_all(here.join("results"));
    }
}
