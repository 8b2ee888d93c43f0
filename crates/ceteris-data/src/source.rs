//! Where bytes come from, and what kind of file they are, told by their first bytes and not by a
//! name.
//!
//! A regular file may be read more than once; anything else (a pipe, say) is taken into memory.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::bufread::MultiGzDecoder;

use crate::error::{Error, Result};

/// Bytes to judge a file by; every magic number is shorter.
const SNIFFED: u64 = 512;

/// What a file that can be read turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Delimited text.
    Csv,
    /// Delimited text, compressed by gzip.
    GzipCsv,
    /// Apache Parquet.
    Parquet,
}

/// Bytes under a name.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    path: PathBuf,
    bytes: Option<Arc<[u8]>>,
}

impl Source {
    /// A file; its bytes are not held unless it cannot be read twice.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let open = |source| Error::Open { path: path.to_path_buf(), source };
        let metadata = std::fs::metadata(path).map_err(open)?;
        if metadata.is_dir() {
            return Err(Error::IsDirectory { path: path.to_path_buf() });
        }
        let bytes = if metadata.is_file() {
            None
        } else {
            let mut bytes = Vec::new();
            let mut file = File::open(path).map_err(open)?;
            file.read_to_end(&mut bytes).map_err(|e| Error::reading(path, None, e))?;
            Some(bytes.into())
        };
        Ok(Self { path: path.to_path_buf(), bytes })
    }

    /// Bytes already in memory; `name` stands for the path in messages.
    pub(crate) fn memory(name: &str, bytes: &[u8]) -> Self {
        Self { path: name.into(), bytes: Some(bytes.into()) }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The open file, if there is one.
    pub(crate) fn file(&self) -> Result<Option<File>> {
        if self.bytes.is_some() {
            return Ok(None);
        }
        let open = |source| Error::Open { path: self.path.clone(), source };
        File::open(&self.path).map(Some).map_err(open)
    }

    /// The kind of file, by its first bytes.
    pub(crate) fn format(&self) -> Result<Format> {
        let outer = self.first_bytes(self.raw()?)?;
        if outer.is_empty() {
            return Err(Error::Empty { path: self.path.clone(), found: "is empty (no bytes)" });
        }
        let format = self.recognise(&outer)?;
        if !is_gzip(&outer) {
            return Ok(format);
        }
        match self.recognise(&self.first_bytes(self.text()?)?)? {
            Format::Csv => Ok(Format::GzipCsv),
            Format::GzipCsv => Err(self.not_readable("gzip inside gzip")),
            Format::Parquet => Err(self.not_readable("Parquet inside gzip")),
        }
    }

    /// The bytes from their beginning, decompressed where they are gzip.
    pub(crate) fn text(&self) -> Result<Box<dyn Read + '_>> {
        let compressed = is_gzip(&self.first_bytes(self.raw()?)?);
        let raw = self.raw()?;
        Ok(if compressed { Box::new(MultiGzDecoder::new(BufReader::new(raw))) } else { raw })
    }

    fn raw(&self) -> Result<Box<dyn Read + '_>> {
        Ok(match (&self.bytes, self.file()?) {
            (Some(bytes), _) => Box::new(io::Cursor::new(bytes)),
            (None, Some(file)) => Box::new(file),
            (None, None) => Box::new(io::empty()),
        })
    }

    fn first_bytes(&self, reader: Box<dyn Read + '_>) -> Result<Vec<u8>> {
        let mut first = Vec::new();
        match reader.take(SNIFFED).read_to_end(&mut first) {
            Ok(_) => Ok(first),
            Err(error) => Err(Error::reading(&self.path, None, error)),
        }
    }

    fn recognise(&self, first: &[u8]) -> Result<Format> {
        match kind(first) {
            Ok(format) => Ok(format),
            Err(found) => Err(self.not_readable(found)),
        }
    }

    fn not_readable(&self, found: &'static str) -> Error {
        Error::Format { path: self.path.clone(), expected: "CSV or Parquet", found }
    }
}

fn is_gzip(first: &[u8]) -> bool {
    first.starts_with(&[0x1f, 0x8b])
}

/// Parquet's magic number, followed by a binary header; `PAR1,PAR2` is a header of text.
fn is_parquet(first: &[u8]) -> bool {
    is_magic(b"PAR1", first)
}

/// Whether bytes begin with a magic number that could be a word, and do not go on as text does.
fn is_magic(word: &[u8], first: &[u8]) -> bool {
    match first.strip_prefix(word) {
        Some([next, ..]) => next.is_ascii_control() && !next.is_ascii_whitespace(),
        Some([]) => true,
        None => false,
    }
}

/// Whether a file that begins like this would be taken for text.
pub(crate) fn looks_like_text(beginning: &str) -> bool {
    kind(beginning.as_bytes()) == Ok(Format::Csv)
}

/// The format these first bytes belong to, or the name of one that is not read.
fn kind(first: &[u8]) -> std::result::Result<Format, &'static str> {
    /// Magic numbers of files that people mistake for tables of text.
    const OTHERS: [(&[u8], &str); 12] = [
        (b"PK\x03\x04", "a zip archive or an Excel workbook"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
        (b"<stata_dta>", "a Stata file"),
        (b"ARROW1\0", "an Arrow or Feather file"),
        (b"\x28\xb5\x2f\xfd", "zstd-compressed data"),
        (b"BZh91AY&SY", "bzip2-compressed data"),
        (b"\xfd7zXZ", "xz-compressed data"),
        (b"RDX3\n", "an R data file"),
        (b"\xff\xfe", "UTF-16 text"),
        (b"\xfe\xff", "UTF-16 text"),
        (b"%PDF-", "a PDF document"),
        (b"SQLite format 3", "an SQLite database"),
    ];
    if is_gzip(first) {
        return Ok(Format::GzipCsv);
    }
    if is_parquet(first) {
        return Ok(Format::Parquet);
    }
    if is_magic(b"PARE", first) {
        return Err("encrypted Parquet");
    }
    if let Some((_, found)) = OTHERS.iter().find(|(magic, _)| first.starts_with(magic)) {
        return Err(found);
    }
    let text = first.trim_ascii_start().to_ascii_lowercase();
    if text.starts_with(b"<!doctype html") || text.starts_with(b"<html") {
        return Err("a web page");
    }
    if first.contains(&0) { Err("binary data") } else { Ok(Format::Csv) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_content() {
        assert_eq!(kind(b"a,b\n1,2\n"), Ok(Format::Csv));
        assert_eq!(kind(b"PAR1\x15\x04"), Ok(Format::Parquet));
        assert_eq!(kind(b"PAR1,PAR2\n1,2\n"), Ok(Format::Csv));
        assert_eq!(kind(b"PARE\x15\x04"), Err("encrypted Parquet"));
        assert_eq!(kind(b"PARENT,CHILD\n1,2\n"), Ok(Format::Csv));
        assert_eq!(kind(&[0x1f, 0x8b, 8]), Ok(Format::GzipCsv));
        assert_eq!(kind(b"PK\x03\x04rest"), Err("a zip archive or an Excel workbook"));
        assert_eq!(kind(b"\n<!DOCTYPE html><html>"), Err("a web page"));
        assert_eq!(kind(b"a,b\0c"), Err("binary data"));
    }

    #[test]
    fn a_directory_and_a_missing_file_are_different_errors() {
        let directory = Source::open(&std::env::temp_dir()).unwrap_err();
        assert!(matches!(directory, Error::IsDirectory { .. }), "{directory}");
        let missing = Source::open(Path::new("no such file")).unwrap_err();
        assert!(matches!(missing, Error::Open { .. }), "{missing}");
    }

    #[test]
    fn an_empty_source_is_empty_also_within_gzip() {
        let plain = Source::memory("a.csv", b"").format().unwrap_err();
        assert!(matches!(plain, Error::Empty { .. }), "{plain}");
    }
}
