//! Splits delimited text into records and fields (RFC 4180), with exact lines.
//!
//! ```text
//! record = field *(delimiter field) (LF / CRLF / CR / end of input)
//! field  = *TEXT / DQUOTE *(TEXT / LF / CR / delimiter / 2DQUOTE) DQUOTE *TEXT
//! ```
//!
//! Fields agree with those of the `csv` crate on all closed text (a property test below says so).
//! This reader exists beside it for two answers which that crate does not give: the line on which
//! a record starts after blank lines and CRLF, and whether the last quote was ever closed. Fields
//! are borrowed from one buffer; nothing is allocated for a field without a doubled quote.

use std::borrow::Cow;
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

use crate::error::Error;

/// Bytes asked for at a time; a longer record doubles the buffer.
const CHUNK: usize = 256 * 1024;
const QUOTE: u8 = b'"';

/// Why there is no next record.
#[derive(Debug)]
pub(crate) enum Fault {
    /// Reading failed at about this line.
    Io(io::Error, u64),
    /// The quote opened on this line is never closed.
    OpenQuote(u64),
}

impl Fault {
    /// This fault as an error about the file `path`.
    pub(crate) fn error(self, path: &Path) -> Error {
        match self {
            Fault::Io(source, line) => Error::reading(path, Some(line), source),
            Fault::OpenQuote(line) => Error::Truncated {
                path: path.to_path_buf(),
                line: Some(line),
                found: "a quote is opened and never closed",
            },
        }
    }
}

/// A cursor over records.
#[derive(Debug)]
pub(crate) struct Records<R> {
    input: R,
    buffer: Vec<u8>,
    filled: usize,
    exhausted: bool,
    delimiter: u8,
    record: usize,
    next: usize,
    line: u64,
    next_line: u64,
    closed: bool,
    fields: Vec<Range<usize>>,
}

/// What was found at the start of some bytes.
enum Found {
    Record { length: usize, closed: bool },
    Partial,
    OpenQuote { at: usize },
}

impl<R: Read> Records<R> {
    /// Starts before the first record, after a byte order mark.
    pub(crate) fn new(input: R, delimiter: u8) -> Result<Self, Fault> {
        let mut records = Self {
            input,
            buffer: vec![0; CHUNK],
            filled: 0,
            exhausted: false,
            delimiter,
            record: 0,
            next: 0,
            line: 1,
            next_line: 1,
            closed: true,
            fields: Vec::new(),
        };
        while records.filled < 3 && !records.exhausted {
            records.refill()?;
        }
        if records.buffer[..records.filled].starts_with("\u{feff}".as_bytes()) {
            records.next = 3;
        }
        Ok(records)
    }

    /// Moves to the next record that is not a blank line; `false` at the end of the input.
    pub(crate) fn advance(&mut self) -> Result<bool, Fault> {
        loop {
            let bytes = &self.buffer[self.next..self.filled];
            if bytes.is_empty() && self.exhausted {
                return Ok(false);
            }
            match split(bytes, self.delimiter, self.exhausted, &mut self.fields) {
                Found::Record { length, closed } => {
                    self.step(length, closed);
                    if !self.is_blank() {
                        return Ok(true);
                    }
                }
                Found::Partial => self.refill()?,
                Found::OpenQuote { at } => {
                    return Err(Fault::OpenQuote(self.next_line + newlines(&bytes[..at])));
                }
            }
        }
    }

    fn step(&mut self, length: usize, closed: bool) {
        let bytes = &self.buffer[self.next..self.next + length];
        self.line = self.next_line;
        self.next_line += match newlines(bytes) {
            0 => u64::from(closed), // ended by a carriage return alone
            lines => lines,
        };
        self.record = self.next;
        self.next += length;
        self.closed = closed;
    }

    fn is_blank(&self) -> bool {
        matches!(self.fields.as_slice(), [field] if field.is_empty())
    }

    fn refill(&mut self) -> Result<(), Fault> {
        self.buffer.copy_within(self.next..self.filled, 0);
        self.filled -= self.next;
        self.next = 0;
        if self.filled == self.buffer.len() {
            self.buffer.resize(2 * self.filled, 0);
        }
        // A decoder gives a little at a time; a long record is split again only after it doubled.
        while self.filled < self.buffer.len() && !self.exhausted {
            match self.input.read(&mut self.buffer[self.filled..]) {
                Ok(0) => self.exhausted = true,
                Ok(read) => self.filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Fault::Io(error, self.next_line)),
            }
        }
        Ok(())
    }
}

impl<R> Records<R> {
    /// Line on which the current record starts.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// Number of fields of the current record.
    pub(crate) fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether a field of the current record begins with a quote.
    pub(crate) fn is_quoted(&self, index: usize) -> bool {
        self.buffer.get(self.record + self.fields[index].start) == Some(&QUOTE)
            && !self.fields[index].is_empty()
    }

    /// The error that the current record does not have the fields of the header.
    pub(crate) fn wrong_length(&self, path: &Path, expected: usize) -> Error {
        let (path, line) = (path.to_path_buf(), self.line);
        if self.len() < expected && !self.closed {
            let found = "its last record is cut short";
            return Error::Truncated { path, line: Some(line), found };
        }
        Error::Record { path, line, expected, found: self.len() }
    }

    /// The error that a field of the current record is not text.
    pub(crate) fn not_utf8(&self, path: &Path, index: usize) -> Error {
        Error::NotUtf8 {
            path: path.to_path_buf(),
            line: self.line,
            field: index + 1,
            value: String::from_utf8_lossy(&self.field(index)).into_owned(),
        }
    }

    /// A field of the current record, without its quotes.
    pub(crate) fn field(&self, index: usize) -> Cow<'_, [u8]> {
        let Range { start, end } = self.fields[index];
        unquoted(&self.buffer[self.record + start..self.record + end])
    }
}

/// Splits the first record of `bytes`; `last` says that no byte follows them.
fn split(bytes: &[u8], delimiter: u8, last: bool, fields: &mut Vec<Range<usize>>) -> Found {
    fields.clear();
    let mut start = 0;
    loop {
        let mut at = start;
        if bytes.get(at) == Some(&QUOTE) {
            match after_closing_quote(bytes, at + 1) {
                Some(after) => at = after,
                None if last => return Found::OpenQuote { at },
                None => return Found::Partial,
            }
        }
        let stops = |byte: &u8| *byte == delimiter || *byte == b'\n' || *byte == b'\r';
        let Some(length) = bytes[at..].iter().position(stops) else {
            fields.push(start..bytes.len());
            let whole = Found::Record { length: bytes.len(), closed: false };
            return if last { whole } else { Found::Partial };
        };
        at += length;
        fields.push(start..at);
        if bytes[at] == delimiter {
            start = at + 1;
        } else {
            return line_end(bytes, at, last);
        }
    }
}

/// The end of a record whose line end starts at `at`: LF, CRLF or CR.
fn line_end(bytes: &[u8], at: usize, last: bool) -> Found {
    let length = match (bytes[at], bytes.get(at + 1)) {
        (b'\r', Some(b'\n')) => at + 2,
        (b'\r', None) if !last => return Found::Partial,
        _ => at + 1,
    };
    Found::Record { length, closed: true }
}

/// Where the text after a closing quote begins, from within quotes.
fn after_closing_quote(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes[at..].iter().position(|byte| *byte == QUOTE)? + 1;
        if bytes.get(at) != Some(&QUOTE) {
            return Some(at);
        }
        at += 1;
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// The text of a field: without the quotes around it, and with doubled quotes made single.
fn unquoted(raw: &[u8]) -> Cow<'_, [u8]> {
    let Some((&QUOTE, inner)) = raw.split_first() else {
        return Cow::Borrowed(raw);
    };
    let first = inner.iter().position(|byte| *byte == QUOTE).unwrap_or(inner.len());
    if first + 1 >= inner.len() {
        return Cow::Borrowed(&inner[..first]);
    }
    let end = after_closing_quote(raw, 1).unwrap_or(raw.len());
    let mut text = Vec::with_capacity(inner.len());
    let mut bytes = raw[1..end - 1].iter();
    while let Some(&byte) = bytes.next() {
        text.push(byte);
        if byte == QUOTE {
            bytes.next(); // the second of a pair
        }
    }
    text.extend_from_slice(&raw[end..]);
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Rows = Vec<(u64, Vec<Vec<u8>>)>;

    /// Hands out a few bytes at a time, so that every boundary falls somewhere.
    struct Drip<'a>(&'a [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn rows(text: &[u8], step: usize) -> Result<Rows, Fault> {
        let mut records = Records::new(Drip(text, step), b',')?;
        let mut rows = Vec::new();
        while records.advance()? {
            let fields = (0..records.len()).map(|i| records.field(i).into_owned()).collect();
            rows.push((records.line(), fields));
        }
        Ok(rows)
    }

    fn lines(text: &str) -> Vec<u64> {
        rows(text.as_bytes(), 7).expect("closed text").into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn lines_are_exact_after_blank_lines_crlf_and_breaks_in_quotes() {
        assert_eq!(lines("a\n\n\nb\nc"), [1, 4, 5]);
        assert_eq!(lines("a\r\n\r\nb\r\n\"x\r\ny\"\r\nc\r\n"), [1, 3, 4, 6]);
        assert_eq!(lines("a\rb\rc"), [1, 2, 3]);
    }

    #[test]
    fn a_byte_order_mark_is_skipped_once() {
        let rows = rows("\u{feff}a,\u{feff}b\n".as_bytes(), 1).expect("closed text");
        assert_eq!(rows[0].1, [b"a".to_vec(), "\u{feff}b".as_bytes().to_vec()]);
    }

    #[test]
    fn an_unterminated_quote_is_reported_where_it_opened() {
        let fault = rows(b"a,b\n1,2\n3,\"4\n5,6\n", 3).unwrap_err();
        assert!(matches!(fault, Fault::OpenQuote(3)), "{fault:?}");
    }

    #[test]
    fn quotes_are_undone() {
        let text = b"\"a\"\"b\",\"\",\"c\"d,e\"f,\"\"\"\"\n";
        let rows = rows(text, 2).expect("closed text");
        assert_eq!(rows[0].1, [&b"a\"b"[..], b"", b"cd", b"e\"f", b"\""]);
    }

    proptest! {
        #[test]
        fn fields_are_those_of_the_csv_crate(text in "[ab,\"\n\r]{0,40}", step in 1usize..9) {
            let Ok(ours) = rows(text.as_bytes(), step) else { return Ok(()) };
            let mut reader = ::csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes());
            let theirs: Vec<Vec<Vec<u8>>> = reader
                .byte_records()
                .map(|record| record.expect("bytes").iter().map(<[u8]>::to_vec).collect())
                .collect();
            let ours: Vec<_> = ours.into_iter().map(|(_, fields)| fields).collect();
            prop_assert_eq!(ours, theirs);
        }
    }
}
