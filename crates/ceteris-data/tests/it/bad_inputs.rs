//! Every bad input has its error, in the order asked, found, do.

use std::io::Write;

use ceteris::Frame;
use ceteris_data::{
    CsvReader, Error, Overwrite, load_with, read, read_csv, read_parquet, write, write_csv, write_parquet,
};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::scratch::Scratch;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("a vector takes all");
    encoder.finish().expect("a vector takes all")
}

/// The message of the error that reading these bytes as `x.csv` gives.
fn refusal(bytes: &[u8]) -> Error {
    CsvReader::new().load_bytes(bytes, "x.csv").expect_err("a bad input")
}

#[test]
fn text_that_cannot_be_used_is_refused_in_words() {
    let cases: [(&str, &[u8], &str); 13] = [
        (
            "empty file",
            b"",
            "`x.csv` must hold a header and at least one row, but it is empty (no bytes); check how it was written",
        ),
        (
            "header only",
            b"a,b\n",
            "`x.csv` must hold a header and at least one row, but it has a header and no row; check how it was written",
        ),
        (
            "unterminated quote",
            b"a,b\n1,2\n3,\"4\n5,6\n",
            "`x.csv` must be complete, but a quote is opened and never closed (line 3); fetch or write it again",
        ),
        (
            "last record cut short",
            b"a,b\n1,2\n3",
            "`x.csv` must be complete, but its last record is cut short (line 3); fetch or write it again",
        ),
        (
            "unequal record",
            b"a,b\r\n\r\n1,2,3\r\n4,5\r\n",
            "line 3 of `x.csv` must have 2 fields like the header, but it has 3; look for a missing field or an unquoted delimiter",
        ),
        (
            "Latin-1 bytes",
            b"a,b\n1,Orl\xe9ans\n",
            "`x.csv` must be UTF-8 text, but field 2 on line 2 holds `Orl\u{fffd}ans`; convert the file to UTF-8",
        ),
        (
            "Latin-1 header",
            b"a,\xe9\n1,2\n",
            "`x.csv` must be UTF-8 text, but field 2 on line 1 holds `\u{fffd}`; convert the file to UTF-8",
        ),
        (
            "duplicate header",
            b"a,b,a\n1,2,3\n",
            "column names of `x.csv` must differ, but fields 1 and 3 are both `a`; rename one of them",
        ),
        (
            "empty name",
            b"\"\",b\n1,2\n",
            "every column of `x.csv` must have a name, but field 1 of the header is empty; name it",
        ),
        (
            "other delimiter",
            b"a;b\n1;2\n",
            "fields of `x.csv` must be separated by ',', but its header has ';' instead; set `delimiter` to ';'",
        ),
        (
            "Excel workbook",
            b"PK\x03\x04\x14\0",
            "`x.csv` must be CSV or Parquet, but it looks like a zip archive or an Excel workbook; save it as CSV or Parquet",
        ),
        (
            "web page",
            b"<!DOCTYPE html>\n<html></html>",
            "`x.csv` must be CSV or Parquet, but it looks like a web page; save it as CSV or Parquet",
        ),
        (
            "binary data",
            b"\x01\0\x02\0",
            "`x.csv` must be CSV or Parquet, but it looks like binary data; save it as CSV or Parquet",
        ),
    ];
    for (case, bytes, message) in cases {
        assert_eq!(refusal(bytes).to_string(), message, "{case}");
    }
}

#[test]
fn the_variants_carry_line_field_and_value() {
    assert!(matches!(refusal(b""), Error::Empty { .. }));
    assert!(matches!(refusal(b"a,b\n1,\"2\n"), Error::Truncated { line: Some(2), .. }));
    let unequal = refusal(b"a,b\n1,2\n3\n4,5\n");
    assert!(matches!(unequal, Error::Record { line: 3, expected: 2, found: 1, .. }), "{unequal:?}");
    assert!(matches!(refusal(b"a\n\xff\n"), Error::NotUtf8 { line: 2, field: 1, .. }));
    let duplicate = refusal(b"a,a\n1,2\n");
    assert!(matches!(duplicate, Error::DuplicateName { fields: (1, 2), .. }), "{duplicate:?}");
}

#[test]
fn text_in_a_numeric_column_is_an_error_with_line_and_value() {
    let reader = CsvReader::new().real(["dose"]);
    let error = reader.load_bytes(b"id,dose\na,1.5\nb,\"12,3\"\n", "x.csv").unwrap_err();
    assert!(matches!(&error, Error::TextInNumeric { line: 3, field: 2, .. }), "{error:?}");
    assert_eq!(
        error.to_string(),
        "column `dose` of `x.csv` must be numeric, but line 3 holds `12,3`; correct the value or mark it as missing"
    );
}

#[test]
fn an_unknown_column_is_answered_with_the_nearest() {
    let scratch = Scratch::new();
    let path = scratch.file("x.csv", b"region,dose\nN,1\n");
    let error = load_with(path, &CsvReader::new().category(["regoin"])).unwrap_err();
    assert!(matches!(&error, Error::MissingColumn { column, .. } if column == "regoin"));
    assert!(error.to_string().ends_with("did you mean `region`?"), "{error}");
}

#[test]
fn a_delimiter_that_cannot_be_one_is_refused() {
    let error = CsvReader::new().delimiter(b'"').load_bytes(b"a\n1\n", "x.csv").unwrap_err();
    assert_eq!(error.category(), ceteris::error::Category::Design);
    assert!(error.to_string().starts_with("`delimiter` must be one ASCII character"), "{error}");
}

#[test]
fn paths_without_a_file_are_refused() {
    let scratch = Scratch::new();
    let directory = read(scratch.directory()).unwrap_err();
    assert!(matches!(directory, Error::IsDirectory { .. }), "{directory}");
    let missing = read(scratch.path("none.csv")).unwrap_err();
    assert!(matches!(missing, Error::Open { .. }), "{missing}");
    assert!(missing.to_string().ends_with("but there is no such file; check the path"));
}

#[test]
fn a_gzip_file_cut_anywhere_is_truncated() {
    let scratch = Scratch::new();
    let text: String = (0..5000).map(|i| format!("{i},{}\n", i * i)).collect();
    let whole = gzip(format!("a,b\n{text}").as_bytes());
    assert_eq!(read_csv(scratch.file("whole.gz", &whole)).expect("a good file").nrows(), 5000);
    for length in [11, 400, whole.len() / 2, whole.len() - 9, whole.len() - 1] {
        let error = read(scratch.file("cut.gz", &whole[..length])).unwrap_err();
        assert!(matches!(error, Error::Truncated { .. }), "{length}: {error:?}");
    }
}

#[test]
fn gzip_of_other_things_is_refused() {
    let empty = refusal(&gzip(b""));
    assert!(matches!(empty, Error::Empty { .. }), "{empty:?}");
    let twice = refusal(&gzip(&gzip(b"a\n1\n")));
    assert!(twice.to_string().contains("gzip inside gzip"), "{twice}");
    let mut damaged = gzip(b"a\n1\n2\n");
    damaged[2] = 7; // no such compression method
    assert!(matches!(refusal(&damaged), Error::Read { .. }));
}

#[test]
fn a_parquet_file_cut_anywhere_is_truncated_or_undecodable() {
    let scratch = Scratch::new();
    let frame = Frame::new().add_real("x", (0..3000).map(f64::from).collect()).expect("a frame");
    let path = scratch.path("whole.parquet");
    write_parquet(&frame, &path, Overwrite::Refuse).expect("a writable directory");
    let whole = std::fs::read(&path).expect("just written");
    for length in [4, 5, 11, 12, whole.len() / 2, whole.len() - 1] {
        let error = read(scratch.file("cut.parquet", &whole[..length])).unwrap_err();
        assert!(matches!(error, Error::Truncated { .. }), "{length}: {error:?}");
    }
    let mut hole = whole.clone();
    hole[8..60].fill(0xff);
    let error = read(scratch.file("hole.parquet", &hole)).unwrap_err();
    assert!(matches!(error, Error::Parquet { .. }), "{error:?}");
    assert!(std::error::Error::source(&error).is_some());
}

#[test]
fn the_reader_of_one_format_refuses_the_other() {
    let scratch = Scratch::new();
    let csv = scratch.file("x.csv", b"a\n1\n");
    let error = read_parquet(&csv).unwrap_err();
    assert!(error.to_string().contains("must be Parquet, but it looks like text"), "{error}");
    let parquet = scratch.path("x.parquet");
    write(&read(&csv).expect("a good file"), &parquet, Overwrite::Refuse).expect("writable");
    let error = read_csv(&parquet).unwrap_err();
    assert!(error.to_string().contains("must be CSV, but it looks like Parquet"), "{error}");
}

#[test]
fn nothing_is_overwritten_unless_asked_and_no_temporary_file_stays() {
    let scratch = Scratch::new();
    let frame = Frame::new().add_real("x", vec![1.0]).expect("a frame");
    let path = scratch.file("x.csv", b"precious");
    for path in [path.clone(), scratch.directory().to_path_buf()] {
        assert!(write_csv(&frame, path, Overwrite::Refuse).is_err());
    }
    let error = write_csv(&frame, &path, Overwrite::Refuse).unwrap_err();
    assert!(matches!(error, Error::Exists { .. }), "{error:?}");
    assert_eq!(std::fs::read(&path).expect("still there"), b"precious");
    write_csv(&frame, &path, Overwrite::Replace).expect("asked for");
    assert_eq!(std::fs::read(&path).expect("there"), b"x\n1\n");
    let nowhere = write_csv(&frame, scratch.path("no/where.csv"), Overwrite::Replace).unwrap_err();
    assert!(matches!(nowhere, Error::Write { .. }), "{nowhere:?}");
    assert_eq!(std::fs::read_dir(scratch.directory()).expect("there").count(), 1);
}

#[test]
fn a_label_that_would_read_back_as_missing_is_not_written() {
    let scratch = Scratch::new();
    let frame = Frame::new().add_category("country", [Some("NA"), Some("DE")]).expect("a frame");
    let error = write_csv(&frame, scratch.path("x.csv"), Overwrite::Refuse).unwrap_err();
    assert!(matches!(&error, Error::Unwritable { value, .. } if value == "NA"), "{error:?}");
    let error = write(&frame, scratch.path("x.xlsx"), Overwrite::Refuse).unwrap_err();
    assert!(matches!(error, Error::Format { .. }), "{error:?}");
    let error = write_csv(&Frame::new(), scratch.path("x.csv"), Overwrite::Refuse).unwrap_err();
    assert!(matches!(error, Error::Empty { .. }), "{error:?}");
}
