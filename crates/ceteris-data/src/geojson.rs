//! Boundaries of areas from GeoJSON (RFC 7946).
//!
//! A `FeatureCollection` whose features are `Polygon`s or `MultiPolygon`s, in degrees: longitude, then
//! latitude. The first ring of a polygon is its outline, the others are holes. A property of each feature
//! names the area.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// A place on the globe, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)] // the fields are named for what they hold
pub struct Place {
    pub longitude: f64,
    pub latitude: f64,
}

/// An area: one polygon or several, each an outline and its holes.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Area {
    /// What the property of the file calls it.
    pub name: String,
    /// Rings of places; the first of a polygon is its outline.
    pub polygons: Vec<Vec<Vec<Place>>>,
}

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Option<Map<String, Value>>,
    geometry: Option<Geometry>,
}

/// A point of a ring; a height after the latitude is ignored.
type Position = Vec<f64>;

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Polygon(Vec<Vec<Position>>),
    MultiPolygon(Vec<Vec<Vec<Position>>>),
}

/// Reads the areas of a GeoJSON file, named by `property`.
///
/// # Errors
/// [`Error::Open`]; [`Error::GeoJson`] if the file is no collection of polygons, a feature lacks the
/// property or has coordinates that are not degrees; [`Error::MissingColumn`] if no feature has the
/// property.
///
/// # Example
/// ```
/// let square = r#"{"type": "FeatureCollection", "features": [{"type": "Feature",
///     "properties": {"code": "C001"}, "geometry": {"type": "Polygon",
///     "coordinates": [[[0, 51], [1, 51], [1, 52], [0, 52], [0, 51]]]}}]}"#;
/// let path = std::env::temp_dir().join(format!("ceteris-areas-{}.geojson", std::process::id()));
/// std::fs::write(&path, square).expect("writable");
/// let areas = ceteris_data::read_areas(&path, "code")?;
/// assert_eq!((areas[0].name.as_str(), areas[0].polygons[0][0].len()), ("C001", 5));
/// # std::fs::remove_file(path).ok();
/// # Ok::<(), ceteris_data::Error>(())
/// ```
pub fn read_areas(path: impl AsRef<Path>, property: &str) -> Result<Vec<Area>> {
    let path = path.as_ref();
    let file = File::open(path).map_err(|source| Error::Open { path: path.to_path_buf(), source })?;
    let collection: Collection = serde_json::from_reader(BufReader::new(file)).map_err(|error| {
        let todo = "save the boundaries as a FeatureCollection of Polygons or MultiPolygons";
        refused(path, error.to_string(), todo)
    })?;
    if collection.features.is_empty() {
        return Err(refused(path, "it has no feature".to_string(), "choose another file"));
    }
    check_property(path, &collection.features, property)?;
    let areas = (1..).zip(collection.features).map(|(number, feature)| area(path, number, feature, property));
    areas.collect()
}

fn refused(path: &Path, found: String, todo: &'static str) -> Error {
    Error::GeoJson { path: path.to_path_buf(), found, todo }
}

/// Refuses a property that no feature has, with those there are.
fn check_property(path: &Path, features: &[Feature], property: &str) -> Result<()> {
    let has = |feature: &Feature| feature.properties.as_ref().is_some_and(|of| of.contains_key(property));
    if features.iter().any(has) {
        return Ok(());
    }
    let first = features.first().and_then(|feature| feature.properties.as_ref());
    let available = first.map(|of| of.keys().cloned().collect()).unwrap_or_default();
    Err(Error::MissingColumn { path: path.to_path_buf(), column: property.to_string(), available })
}

fn area(path: &Path, number: usize, feature: Feature, property: &str) -> Result<Area> {
    let value = feature.properties.as_ref().and_then(|of| of.get(property));
    let name = match value {
        Some(Value::String(name)) => name.clone(),
        Some(Value::Number(code)) => code.to_string(),
        _ => {
            let found = format!("feature {number} has no text or number in `{property}`");
            return Err(refused(path, found, "name each area there"));
        }
    };
    let polygons = match feature.geometry {
        Some(Geometry::Polygon(rings)) => vec![rings],
        Some(Geometry::MultiPolygon(polygons)) => polygons,
        None => {
            return Err(refused(path, format!("`{name}` has no geometry"), "give it one or leave it out"));
        }
    };
    let place = |position: Position| match position[..] {
        [longitude, latitude, ..] if longitude.abs() <= 180.0 && latitude.abs() <= 90.0 => {
            Ok(Place { longitude, latitude })
        }
        _ => {
            let numbers: Vec<String> = position.iter().map(f64::to_string).collect();
            let numbers = numbers.join(", ");
            let found =
                format!("`{name}` has the position [{numbers}], which is not a longitude and a latitude");
            Err(refused(path, found, "convert the boundaries to degrees (WGS 84)"))
        }
    };
    let ring = |ring: Vec<Position>| ring.into_iter().map(place).collect::<Result<Vec<Place>>>();
    let polygon = |rings: Vec<Vec<Position>>| rings.into_iter().map(ring).collect::<Result<Vec<_>>>();
    let polygons = polygons.into_iter().map(polygon).collect::<Result<Vec<_>>>()?;
    match polygons.iter().all(|rings| rings.first().is_some_and(|outline| outline.len() >= 4)) {
        true if !polygons.is_empty() => Ok(Area { name, polygons }),
        _ => Err(refused(path, format!("`{name}` has an outline of fewer than four places"), "close it")),
    }
}
