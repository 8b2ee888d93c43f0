//! Boundaries as users have them, good and bad.

use ceteris_data::{Area, Error, read_areas};

use crate::scratch::Scratch;

/// One feature in a collection.
fn collection(properties: &str, geometry: &str) -> String {
    format!(
        r#"{{"type": "FeatureCollection", "features": [
            {{"type": "Feature", "properties": {properties}, "geometry": {geometry}}}]}}"#
    )
}

const SQUARE: &str = r#"{"type": "Polygon", "coordinates": [[[0, 51], [1, 51], [1, 52], [0, 52], [0, 51]]]}"#;

fn areas(text: &str) -> Result<Vec<Area>, Error> {
    let folder = Scratch::new();
    read_areas(folder.file("areas.geojson", text.as_bytes()), "code")
}

#[test]
fn several_polygons_with_holes_and_heights_are_read() {
    let geometry = r#"{"type": "MultiPolygon", "coordinates": [
        [[[0, 50, 7], [3, 50, 7], [3, 53, 7], [0, 50, 7]], [[1, 51], [2, 51], [2, 52], [1, 51]]],
        [[[5, 50], [6, 50], [6, 51], [5, 50]]]]}"#;
    let found = areas(&collection(r#"{"code": 7}"#, geometry)).expect("sound");
    assert_eq!((found.len(), found[0].name.as_str()), (1, "7"));
    let rings: Vec<usize> = found[0].polygons.iter().map(Vec::len).collect();
    assert_eq!(rings, [2, 1]);
    assert_eq!(found[0].polygons[0][0][1].longitude, 3.0);
}

#[test]
fn each_mistake_is_named() {
    let point = r#"{"type": "Point", "coordinates": [0, 51]}"#;
    let metres = SQUARE.replace("[1, 51]", "[530000, 180000]");
    let open = r#"{"type": "Polygon", "coordinates": [[[0, 51], [1, 51], [0, 51]]]}"#;
    let cases = [
        ("no JSON", "practice,ccg\n".to_string(), "FeatureCollection"),
        ("no features", r#"{"type": "FeatureCollection", "features": []}"#.to_string(), "no feature"),
        ("another property", collection(r#"{"cod": "A"}"#, SQUARE), "did you mean `cod`?"),
        ("no name", collection(r#"{"code": null}"#, SQUARE), "feature 1 has no text"),
        ("no geometry", collection(r#"{"code": "A"}"#, "null"), "no geometry"),
        ("a point", collection(r#"{"code": "A"}"#, point), "Polygon"),
        ("metres", collection(r#"{"code": "A"}"#, &metres), "convert the boundaries to degrees"),
        ("a line", collection(r#"{"code": "A"}"#, open), "fewer than four places"),
    ];
    for (name, text, words) in cases {
        let error = areas(&text).expect_err(name);
        assert!(error.to_string().contains(words), "{name}: {error}");
    }
}

#[test]
fn a_file_that_is_not_there_is_refused() {
    assert!(matches!(read_areas("no such file.geojson", "code"), Err(Error::Open { .. })));
}
