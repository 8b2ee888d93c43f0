//! Figure 5: the yearly means by group, before and after the reform.

use super::{GroupMeans, Screening, YearMeans};
use crate::Error;
use crate::figure::{Drawing, Event, Panel, Series, TrendFigure};

impl Screening {
    /// Figure 5, with the comparison indicator in a second panel.
    ///
    /// # Errors
    /// Those of [`TrendFigure::draw`].
    pub fn figure5(&self) -> Result<Drawing, Error> {
        let labels = self.table6.iter().map(|year| year.year.clone());
        let last_before = self.table6.iter().rev().find(|year| year.start < super::panel::REFORM as f64);
        let mut figure = TrendFigure::new(labels)
            .title("Figure 5. Uptake of cervical screening and the comparison indicator")
            .panel(self.panel("Cervical screening", |year| year.affected))
            .panel(self.panel("Unassisted deliveries", |year| year.unaffected))
            .own_scales()
            .x_label("Financial year")
            .y_label("Percent, weighted by denominator");
        if let Some(year) = last_before {
            figure = figure.event(Event::after(year.year.clone()).label("Reform, April 2013"));
        }
        if self.source.is_simulated() {
            figure = figure.annotation("SIMULATED practice rows");
        }
        figure.draw()
    }

    fn panel(&self, title: &str, means: impl Fn(&YearMeans) -> GroupMeans) -> Panel {
        let values = |group: fn(GroupMeans) -> f64| {
            self.table6.iter().map(|year| group(means(year))).collect::<Vec<_>>()
        };
        Panel::new()
            .title(title)
            .series(Series::new("one local authority", values(|means| means.one)))
            .series(Series::new("more than one", values(|means| means.several)))
    }
}
