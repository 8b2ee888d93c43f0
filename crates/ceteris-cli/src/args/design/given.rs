//! Which flags were written on the command line. A flag that has a default and does not apply is then
//! refused where it was written, and no trouble where it was not.

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Command, FromArgMatches};

/// The names of the flags that were written, such as `first_treated`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
    names: Vec<String>,
}

impl Given {
    /// The first of these flags that was written.
    pub(crate) fn first_of(&self, names: &[&'static str]) -> Option<&'static str> {
        names.iter().copied().find(|name| self.names.iter().any(|given| given == name))
    }
}

impl FromArgMatches for Given {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let written = |name: &&str| matches.value_source(name) == Some(ValueSource::CommandLine);
        let names = matches.ids().map(clap::Id::as_str);
        Ok(Self { names: names.filter(written).map(String::from).collect() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// It reads what other flags leave behind, and has none of its own.
impl Args for Given {
    fn augment_args(command: Command) -> Command {
        command
    }

    fn augment_args_for_update(command: Command) -> Command {
        command
    }
}
