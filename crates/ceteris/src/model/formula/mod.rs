//! The formula language: a specification's `FromStr` and `Display`, inverse to one another.
//!
//! ```text
//! formula  = variable "~" sum [ "|" effect { "+" effect } ]
//! sum      = [ "-" ] product { ("+" | "-") product }          "1" and "0" set the intercept
//! product  = factor { "*" factor }                            a*b = a + b + a:b
//! factor   = atom { ":" atom }
//! atom     = variable | "(" sum ")"
//! variable = name | name "^" whole | "log(" name ")" | "since(" name "," number ")" | i
//! i        = "i(" name [ "," name ] [ "," [ "ref" "=" ] level ] ")"      three parts: i(f, x, ref) = i(f, ref):x
//! effect   = name { "^" name } [ "[" name { "," name } "]" | "[[" name { "," name } "]]" ]
//! name     = letters, digits, "_", "."  |  "`" anything "`"
//! ```

mod lexer;
mod parser;
mod print;

#[cfg(test)]
mod tests;
