//! A frame written and read again is the same frame, to the bit.

use ceteris::{Column, Frame};
use ceteris_data::{CsvReader, Format, MISSING, Overwrite, load, read, write, write_csv_to, write_parquet};
use proptest::prelude::*;

use crate::scratch::Scratch;

/// Whether two frames hold the same names, kinds, labels, bits and missing values.
fn same(a: &Frame, b: &Frame) -> bool {
    a.names().eq(b.names())
        && a.names().all(|name| match (a.column(name), b.column(name)) {
            (Ok(Column::Real(a)), Ok(Column::Real(b))) => {
                let bits = |x: &f64| if x.is_nan() { None } else { Some(x.to_bits()) };
                a.iter().map(bits).eq(b.iter().map(bits))
            }
            (Ok(Column::Category(a)), Ok(Column::Category(b))) => {
                a.len() == b.len() && (0..a.len()).all(|row| a.label(row) == b.label(row))
            }
            _ => false,
        })
}

/// Any number, missing and infinite ones included.
fn reals(rows: usize) -> impl Strategy<Value = Vec<f64>> {
    let number = prop_oneof![
        4 => any::<u64>().prop_map(f64::from_bits),
        4 => (-1000_i32..1000).prop_map(|i| f64::from(i) / 4.0),
        1 => Just(f64::NAN),
        1 => prop_oneof![Just(f64::INFINITY), Just(-0.0), Just(1e20), Just(9007199254740993.0)],
    ];
    proptest::collection::vec(number, rows)
}

/// Labels that CSV can hold, with all that needs quoting.
fn labels(rows: usize) -> impl Strategy<Value = Vec<Option<String>>> {
    let label = "[ -~\n\r\u{e9}\u{feff},;\"\t|]{1,6}"
        .prop_filter("not missing", |label| !MISSING.contains(&label.trim_ascii()));
    proptest::collection::vec(proptest::option::weighted(0.8, label), rows)
}

fn frames() -> impl Strategy<Value = Frame> {
    let names = proptest::collection::hash_set("[ -~\u{e9}\u{feff}]{1,5}", 2..=4);
    (1_usize..20, names).prop_flat_map(|(rows, names)| {
        let column = prop_oneof![reals(rows).prop_map(Ok), labels(rows).prop_map(Err),];
        proptest::collection::vec(column, names.len()).prop_map(move |columns| {
            names.iter().zip(columns).fold(Frame::new(), |frame, (name, column)| {
                match column {
                    Ok(values) => frame.add_real(name, values),
                    Err(labels) => frame.add_category(name, labels),
                }
                .expect("distinct names and equal lengths")
            })
        })
    })
}

fn categories(frame: &Frame) -> Vec<String> {
    frame.names().filter(|name| frame.category(name).is_ok()).map(String::from).collect()
}

proptest! {
    #[test]
    fn through_csv(frame in frames()) {
        let mut text = Vec::new();
        write_csv_to(&frame, &mut text).expect("these labels can be written");
        let reader = CsvReader::new().category(categories(&frame));
        let back = reader.load_bytes(&text, "x.csv").expect("just written").frame;
        prop_assert!(same(&frame, &back), "{}", String::from_utf8_lossy(&text));
    }

    #[test]
    fn through_parquet(frame in frames()) {
        let scratch = Scratch::new();
        let path = scratch.path("x.parquet");
        write_parquet(&frame, &path, Overwrite::Refuse).expect("a writable directory");
        prop_assert!(same(&frame, &read(&path).expect("just written")));
    }

    #[test]
    fn no_damage_to_a_parquet_file_makes_the_reader_panic(
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)
    ) {
        let scratch = Scratch::new();
        let path = scratch.path("x.parquet");
        let frame = Frame::new()
            .add_real("x", vec![1.5, f64::NAN, 2.0])
            .and_then(|frame| frame.add_category("g", [Some("a"), Some("b"), None]))
            .expect("a frame");
        write_parquet(&frame, &path, Overwrite::Refuse).expect("a writable directory");
        let mut bytes = std::fs::read(&path).expect("just written");
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = read(scratch.file("damaged.parquet", &bytes));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = CsvReader::new().load_bytes(&bytes, "x.csv");
        let symbols = b"a1,\"\n\r.e-\xe9";
        let text = bytes.iter().map(|byte| symbols[usize::from(*byte) % symbols.len()]);
        let text: Vec<u8> = text.collect();
        let _ = CsvReader::new().load_bytes(&text, "x.csv");
    }
}

#[test]
fn the_format_is_told_by_content_whatever_the_name() {
    let scratch = Scratch::new();
    let frame = Frame::new()
        .add_real("x", vec![1.5, f64::NAN])
        .and_then(|frame| frame.add_category("g", [None, Some("a")]))
        .expect("a frame");
    for (name, format) in
        [("x.csv", Format::Csv), ("x.csv.gz", Format::GzipCsv), ("x.parquet", Format::Parquet)]
    {
        let written = scratch.path(name);
        write(&frame, &written, Overwrite::Refuse).expect("a writable directory");
        let renamed = scratch.path("renamed.data");
        std::fs::rename(written, &renamed).expect("just written");
        let loaded = load(&renamed).expect("just written");
        assert_eq!(loaded.format, format);
        assert!(same(&frame, &loaded.frame));
    }
}

#[test]
fn identifiers_keep_their_digits() {
    let text = b"practice,id,count\n007,9007199254740993,1\n012,9007199254740995,2\n";
    let frame = CsvReader::new().load_bytes(text, "x.csv").expect("good text").frame;
    assert_eq!(frame.category("practice").expect("a category").label(0), Some("007"));
    assert_eq!(frame.category("id").expect("a category").levels().len(), 2);
    assert_eq!(frame.real("count").expect("real"), [1.0, 2.0]);
}

#[test]
fn text_after_numbers_keeps_the_numbers_as_they_were_written() {
    let mut text = String::from("x,y\n");
    (0..100).for_each(|i| text.push_str(&format!("{i}.50,{i}\n")));
    text.push_str("n/k,100\n");
    let loaded = CsvReader::new().load_bytes(text.as_bytes(), "x.csv").expect("good text");
    let x = loaded.frame.category("x").expect("a category");
    assert_eq!((x.label(1), x.label(100)), (Some("1.50"), Some("n/k")));
    assert_eq!(loaded.frame.real("y").expect("real")[100], 100.0);
    let [note] = loaded.notes.as_slice() else { panic!("{:?}", loaded.notes) };
    assert_eq!((note.line, note.value.as_str(), note.numbers, note.texts), (102, "n/k", 100, 1));
    assert_eq!(loaded.likely_slips().count(), 1);
}

#[test]
fn a_second_pass_over_a_compressed_file_reads_the_same_labels() {
    let scratch = Scratch::new();
    let labels = (0..50_000).map(|i| match i {
        49_999 => Some("n/k".to_string()),
        i => Some(format!("{i}.0")),
    });
    let frame = Frame::new().add_category("x", labels).expect("a frame");
    let path = scratch.path("x.csv.gz");
    write(&frame, &path, Overwrite::Refuse).expect("a writable directory");
    assert!(same(&frame, &read(&path).expect("just written")));
}

#[test]
fn a_byte_order_mark_crlf_blank_lines_and_quotes_change_nothing() {
    let plain = CsvReader::new().load_bytes(b"a,b\n1,x\n2,y\n", "x.csv").expect("good text");
    let windows = "\u{feff}\"a\", b\r\n\r\n1,\"x\"\r\n 2 ,y\r\n\r\n";
    let other = CsvReader::new().load_bytes(windows.as_bytes(), "x.csv").expect("good text");
    assert!(same(&plain.frame, &other.frame));
}

#[test]
fn missing_markers_are_missing_in_columns_of_both_kinds() {
    for marker in MISSING {
        let text = format!("a,b\n{marker},\"{marker}\"\n1,x\n");
        let frame = CsvReader::new().load_bytes(text.as_bytes(), "x.csv").expect("good text").frame;
        assert!(frame.column("a").expect("there").is_missing(0), "{marker}");
        assert!(frame.column("b").expect("there").is_missing(0), "{marker}");
        assert!(frame.real("a").is_ok(), "{marker}");
    }
}
