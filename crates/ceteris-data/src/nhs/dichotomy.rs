//! Answers of the GP Patient Survey made into yes and no.
//!
//! ```text
//! percent = 100 (sum of the good answers) / (sum of all answers)
//! ```
//!
//! Which answers are good, and which count at all, is listed in section 6.5.2 of the evaluation: "not
//! sure" and "haven't tried" are answers like any other.

use super::derive::invalid;
use crate::error::Result;

/// A question of the survey with its answers, the good ones and the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dichotomy {
    /// Name of the outcome in the evaluation's tables.
    pub outcome: &'static str,
    /// What was asked about.
    pub question: &'static str,
    /// Answers that count as yes.
    pub good: &'static [&'static str],
    /// Answers that count as no.
    pub other: &'static [&'static str],
}

/// Answers to "how was your experience", the good ones.
const GOOD: &[&str] = &["Very good", "Fairly good"];

/// And the others.
const NOT_GOOD: &[&str] = &["Neither good nor poor", "Fairly poor", "Very poor"];

/// The eight outcomes of the survey.
pub const DICHOTOMIES: [Dichotomy; 8] = [
    Dichotomy {
        outcome: "overallexp",
        question: "Overall experience of the surgery",
        good: GOOD,
        other: NOT_GOOD,
    },
    Dichotomy {
        outcome: "prefgp",
        question: "Frequency of seeing the preferred GP",
        good: &["Always or almost always"],
        other: &[
            "A lot of the time",
            "Some of the time",
            "Never or almost never",
            "Not tried at this GP surgery",
        ],
    },
    Dichotomy {
        outcome: "opensat",
        question: "Satisfaction with opening hours",
        good: &["Very satisfied", "Fairly satisfied"],
        other: &[
            "Neither satisfied nor dissatisfied",
            "Fairly dissatisfied",
            "Very dissatisfied",
            "I'm not sure when my GP surgery is open",
        ],
    },
    Dichotomy {
        outcome: "recommend",
        question: "Would recommend the surgery",
        good: &["Yes, would definitely recommend", "Yes, would probably recommend"],
        other: &[
            "Not sure",
            "No, would probably not recommend",
            "No, would definitely not recommend",
            "Don't know",
        ],
    },
    Dichotomy {
        outcome: "easephone",
        question: "Ease of getting through on the phone",
        good: &["Very easy", "Fairly easy"],
        other: &["Not very easy", "Not at all easy", "Haven't tried"],
    },
    Dichotomy {
        outcome: "appexp",
        question: "Overall experience of making an appointment",
        good: GOOD,
        other: NOT_GOOD,
    },
    Dichotomy {
        outcome: "helprecp",
        question: "Helpfulness of receptionists",
        good: &["Very helpful", "Fairly helpful"],
        other: &["Not very helpful", "Not at all helpful", "Don't know"],
    },
    Dichotomy {
        outcome: "sameday",
        question: "When the GP or nurse was seen or spoken to",
        good: &["On the same day"],
        other: &["On the next working day", "A few days later", "A week or more later", "Can't remember"],
    },
];

impl Dichotomy {
    /// The question of an outcome of the evaluation's tables.
    pub fn of(outcome: &str) -> Option<&'static Dichotomy> {
        DICHOTOMIES.iter().find(|dichotomy| dichotomy.outcome == outcome)
    }

    /// Good answers as percent of all answers; answers come with their (weighted) number.
    ///
    /// # Errors
    /// [`ceteris::Error::UnknownLevel`] for an answer that the question does not have,
    /// [`ceteris::Error::InvalidSetting`] for a negative number or no answer at all.
    ///
    /// # Example
    /// ```
    /// use ceteris_data::nhs::Dichotomy;
    /// let phone = Dichotomy::of("easephone").expect("one of the eight");
    /// let answers = [("Very easy", 20.0), ("Fairly easy", 40.0), ("Haven't tried", 20.0)];
    /// assert_eq!(phone.percent(answers)?, 75.0);
    /// # Ok::<(), ceteris_data::Error>(())
    /// ```
    pub fn percent<'a>(&self, answers: impl IntoIterator<Item = (&'a str, f64)>) -> Result<f64> {
        let (mut good, mut all) = (0.0, 0.0);
        for (answer, number) in answers {
            if !(number >= 0.0 && number.is_finite()) {
                return Err(invalid("number of answers", "zero or more", number.to_string()));
            }
            let is = |answers: &[&str]| answers.contains(&answer);
            if is(self.good) {
                good += number;
            } else if !is(self.other) {
                return Err(self.unknown(answer));
            }
            all += number;
        }
        if all == 0.0 {
            return Err(invalid("number of answers", "above zero in all", "0".to_string()));
        }
        Ok(100.0 * good / all)
    }

    fn unknown(&self, answer: &str) -> crate::Error {
        let available = self.good.iter().chain(self.other).map(|answer| (*answer).to_string());
        let (column, level) = (self.question.to_string(), answer.to_string());
        ceteris::Error::UnknownLevel { column, level, available: available.collect() }.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::published;

    #[test]
    fn each_outcome_of_the_survey_is_in_table_12() {
        let printed: Vec<String> =
            published::coefficients().iter().filter(|c| c.table == 12).map(|c| c.outcome.clone()).collect();
        assert!(DICHOTOMIES.iter().all(|each| printed.iter().any(|outcome| outcome == each.outcome)));
        assert!(printed.iter().all(|outcome| Dichotomy::of(outcome).is_some()));
    }

    #[test]
    fn no_answer_is_good_and_other() {
        for each in DICHOTOMIES {
            assert!(each.good.iter().all(|answer| !each.other.contains(answer)), "{}", each.question);
        }
    }

    #[test]
    fn unknown_answers_and_nobody_are_refused() {
        let experience = Dichotomy::of("overallexp").expect("one of the eight");
        let error = experience.percent([("Very god", 1.0)]).unwrap_err();
        assert!(error.to_string().contains("did you mean `Very good`?"), "{error}");
        assert!(experience.percent([]).is_err());
        assert!(experience.percent([("Very good", -1.0)]).is_err());
    }
}
