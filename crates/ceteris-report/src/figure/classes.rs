//! Values in classes of about the same size, for colours that a reader can tell apart.
//!
//! The break between class k and the next is the smallest value with at least k n / K of the n values at
//! or below it; breaks that coincide are one, so that equal values are never in different classes. If
//! the highest value of a class alone would fill two classes, it is a class of its own.

use plotters::style::RGBColor;

use super::legend::{Legend, Sample};
use crate::number::fixed;

/// The most classes.
const MOST: usize = 5;

/// From few to much: one hue that darkens, so that it also reads in grey (ColorBrewer's Blues, Brewer 2003).
const SHADES: [RGBColor; MOST] = [
    RGBColor(0xC6, 0xDB, 0xEF),
    RGBColor(0x9E, 0xCA, 0xE1),
    RGBColor(0x6B, 0xAE, 0xD6),
    RGBColor(0x31, 0x82, 0xBD),
    RGBColor(0x08, 0x51, 0x9C),
];

/// Classes of values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Classes {
    /// Lowest and highest value, and how many, of each class that has any.
    classes: Vec<(f64, f64, usize)>,
}

impl Classes {
    /// Classes of finite values.
    pub(super) fn new(values: &[f64]) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let mut classes = Vec::new();
        let mut rest: &[f64] = &sorted;
        for k in 1..=MOST {
            let wanted = (sorted.len() * k).div_ceil(MOST);
            let Some(&top) = sorted.get(wanted.max(1) - 1) else { break };
            let (class, above) = rest.split_at(rest.partition_point(|value| *value <= top));
            let (below, highest) = class.split_at(class.partition_point(|value| *value < top));
            let is_alone = highest.len() * MOST >= 2 * sorted.len();
            classes.extend(
                if is_alone { [of(below), of(highest)] } else { [of(class), None] }.into_iter().flatten(),
            );
            rest = above;
        }
        Self { classes }
    }

    /// The colour of a value.
    pub(super) fn color(&self, value: f64) -> RGBColor {
        let class = self.classes.iter().position(|(_, high, _)| value <= *high);
        self.shade(class.unwrap_or(self.classes.len().saturating_sub(1)))
    }

    /// The first and the last class have the extreme shades, however many there are.
    fn shade(&self, class: usize) -> RGBColor {
        let last = self.classes.len().saturating_sub(1).max(1);
        SHADES[class * (MOST - 1) / last]
    }

    /// Bands of colour with the ends of each class.
    pub(super) fn legend(&self) -> Legend {
        let mut legend = Legend::default();
        for (color, name) in self.named() {
            legend.add(Sample::Band(color), &name);
        }
        legend
    }

    /// Colour and name of each class: `0.52 to 0.56 (41)`.
    fn named(&self) -> Vec<(RGBColor, String)> {
        let decimals = self.decimals();
        let name = |&(low, high, count): &(f64, f64, usize)| {
            let (low, high) = (fixed(low, decimals), fixed(high, decimals));
            if low == high { format!("{low} ({count})") } else { format!("{low} to {high} ({count})") }
        };
        self.classes.iter().enumerate().map(|(k, class)| (self.shade(k), name(class))).collect()
    }

    /// Whole numbers have none; others as many as tell the classes apart, two at least.
    fn decimals(&self) -> u8 {
        let ends = || self.classes.iter().flat_map(|(low, high, _)| [*low, *high]);
        if ends().all(|value| value == value.trunc()) {
            return 0;
        }
        let apart = |decimals: &u8| {
            self.classes.windows(2).all(|pair| fixed(pair[0].1, *decimals) != fixed(pair[1].0, *decimals))
        };
        (2..6).find(apart).unwrap_or(6)
    }
}

/// Ends and size of a class of sorted values; `None` without any.
fn of(class: &[f64]) -> Option<(f64, f64, usize)> {
    Some((*class.first()?, *class.last()?, class.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_a_class_and_all_are_counted() {
        let values: Vec<f64> =
            (0..119).map(|_| 1.0).chain((0..89).map(|i| 2.0 + f64::from(i % 10))).collect();
        let classes = Classes::new(&values);
        assert_eq!(classes.classes[0], (1.0, 1.0, 119));
        assert_eq!(classes.classes.iter().map(|class| class.2).sum::<usize>(), 208);
        assert_eq!(classes.named()[0].1, "1 (119)");
    }

    #[test]
    fn distinct_values_fall_into_five_classes_of_the_same_size() {
        let values: Vec<f64> = (0..20).map(|i| 0.01 * f64::from(i)).collect();
        let classes = Classes::new(&values);
        assert!(classes.classes.iter().all(|class| class.2 == 4), "{classes:?}");
        assert_eq!((classes.color(0.0), classes.color(0.19)), (SHADES[0], SHADES[4]));
        assert_eq!(classes.named()[1].1, "0.04 to 0.07 (4)");
    }

    #[test]
    fn a_value_of_half_the_units_is_a_class_of_its_own() {
        let values: Vec<f64> = (0..100).map(|i| if i < 50 { 0.01 * f64::from(i) } else { 1.0 }).collect();
        let sizes: Vec<usize> = Classes::new(&values).classes.iter().map(|class| class.2).collect();
        assert_eq!(sizes, [20, 20, 10, 50]);
    }

    #[test]
    fn one_value_is_one_class() {
        let classes = Classes::new(&[0.5]);
        assert_eq!(classes.named(), [(SHADES[0], "0.50 (1)".to_string())]);
    }
}
