//! Maps as a user sees them: areas, holes and classes.

use ceteris_report::{Error, MapArea, MapFigure};

/// Two areas beside each other and one in the hole of the first.
const AREAS: &str = r#"{"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"code": "hole"}, "geometry": {"type": "Polygon",
   "coordinates": [[[1, 51], [2, 51], [2, 52], [1, 51]]]}},
  {"type": "Feature", "properties": {"code": "large"}, "geometry": {"type": "Polygon", "coordinates": [
   [[0, 50], [3, 50], [3, 53], [0, 53], [0, 50]], [[1, 51], [2, 51], [2, 52], [1, 51]]]}},
  {"type": "Feature", "properties": {"code": "beside"}, "geometry": {"type": "Polygon",
   "coordinates": [[[3, 50], [5, 50], [5, 52], [3, 50]]]}}]}"#;

fn map(values: [Option<f64>; 3]) -> MapFigure {
    let path = std::env::temp_dir().join(format!("ceteris-map-{:?}.geojson", std::thread::current().id()));
    std::fs::write(&path, AREAS).expect("writable");
    let areas = ceteris_data::read_areas(&path, "code").expect("sound");
    std::fs::remove_file(&path).expect("there");
    let areas = areas.into_iter().zip(values).map(|(area, value)| MapArea { area, value });
    MapFigure::new(areas).title("Doses").annotation("SIMULATED doses")
}

#[test]
fn a_map_draws_an_area_in_the_hole_of_another_after_it() {
    let drawing = map([Some(1.0), Some(2.0), None]).draw().unwrap();
    for text in ["1 (1)", "2 (1)", "no value (1)", "SIMULATED doses"] {
        assert_eq!(drawing.svg().matches(text).count(), 1, "{text}");
    }
    // The lightest shade is the hole's, the darkest the large area's: it comes first among polygons.
    let after_legend = drawing.svg().rfind("no value").unwrap();
    let polygons = &drawing.svg()[after_legend..];
    assert!(polygons.find("#08519C").unwrap() < polygons.find("#C6DBEF").unwrap());
    assert!(drawing.png().unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn a_map_without_a_value_is_refused() {
    assert!(matches!(map([None; 3]).draw(), Err(Error::Empty { needs: "area with a value", .. })));
    assert!(matches!(map([Some(f64::NAN); 3]).draw(), Err(Error::NonFinite { row: 1, .. })));
}
