//! Words that a module of the core must not know, because knowing them would be doing another's job.

use super::core::module_path;
use crate::source::Source;
use crate::violation::Violation;

/// Module, the words it must not use, and why.
const ABSENT: &[(&str, &[&str], &str)] = &[
    (
        "vcov",
        &["Frame"],
        "vcov works on ingredients and codes, whatever the data came from; it never sees a Frame",
    ),
    ("model", &["p_value", "std_error"], "model ends at the ingredients of a fit; tests belong to inference"),
];

/// All such words in one file of the core.
pub(super) fn check(source: &Source) -> Vec<Violation> {
    let place = module_path(&source.file);
    let rules = ABSENT.iter().filter(|(module, ..)| place.first() == Some(module));
    rules
        .flat_map(|(_, words, reason)| {
            let uses = source.tokens.iter().filter_map(|token| Some((token.word()?, token.line)));
            uses.filter(|(word, _)| words.contains(word)).map(|(word, line)| Violation {
                file: source.file.clone(),
                line,
                found: format!("`{word}`"),
                allowed: (*reason).to_owned(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::core::CORE;
    use super::*;

    #[test]
    fn each_word_is_found_in_its_module_and_only_there() {
        for (module, words, _) in ABSENT {
            for word in *words {
                let text = format!("fn f() {{}}\nfn g(x: {word}) {{}}");
                let at_home = check(&Source::new(format!("{CORE}{module}/a.rs"), &text));
                assert_eq!(at_home.len(), 1, "{word}");
                assert_eq!(at_home[0].line, 2, "{word}");
                let elsewhere = check(&Source::new(format!("{CORE}inference/a.rs"), &text));
                assert!(elsewhere.is_empty(), "{word}");
            }
        }
    }

    #[test]
    fn prose_may_use_the_words() {
        let text = "//! A Frame is not seen here.\nfn f() { \"Frame\" }";
        assert!(check(&Source::new(format!("{CORE}vcov/mod.rs"), text)).is_empty());
    }
}
