use ceteris_report::*;
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let years = [
        "2009/10", "2010/11", "2011/12", "2012/13", "2013/14", "2014/15", "2015/16",
    ];
    let p1 = Panel::new()
        .title("Women aged 25 to 49")
        .series(Series::new(
            "Scotland",
            [76.1, 75.8, 75.2, 74.9, 74.8, 74.2, 73.6],
        ))
        .series(Series::new(
            "Northern Ireland",
            [74.9, 74.7, 74.4, 74.1, 72.9, 72.0, 71.3],
        ))
        .series(Series::new(
            "England",
            [73.9, 73.6, 73.3, 72.9, 72.1, 71.5, 70.9],
        ));
    let p2 = Panel::new()
        .title("Women aged 50 to 64")
        .series(Series::new(
            "Scotland",
            [80.1, 79.8, 79.2, 78.9, 78.8, 78.2, 77.6],
        ))
        .series(Series::new(
            "Northern Ireland",
            [77.9, 77.7, 77.4, 77.1, 76.9, 76.0, 75.3],
        ))
        .series(Series::new(
            "England",
            [78.9, 78.6, 78.3, 77.9, 77.5, 77.3, 76.9],
        ));
    let f = TrendFigure::new(years).panel(p1.clone()).panel(p2).event(Event::after("2012/13").label("reform, April 2013"))
        .title("Figure 5. Cervical screening coverage before and after the reform of April 2013").y_label("Screened within the target interval (%)").annotation("SIMULATED practice rows: calibrated to the published means, not observed data")
        .note("Unweighted means over practices. Shown to compare paths; the vertical axis does not begin at zero.");
    let d = f.draw()?;
    std::fs::write("/tmp/rep_out/two.png", d.png()?)?;
    std::fs::write("/tmp/rep_out/two.svg", d.svg())?;
    let f1 = TrendFigure::new(years)
        .panel(p1)
        .event(Event::after("2012/13").label("reform"))
        .title("Screening coverage")
        .y_label("Screened (%)")
        .x_label("Financial year")
        .annotation("SIMULATED practice rows");
    let d = f1.draw()?;
    std::fs::write("/tmp/rep_out/one.png", d.png()?)?;
    let mut p = Panel::new();
    for i in 0..7 {
        let v: Vec<Option<f64>> = (0..7)
            .map(|t| {
                if i == 2 && t == 3 {
                    None
                } else {
                    Some(0.3 * (i as f64) + ((t * t * (i + 1)) as f64 * 1.3).sin() * 0.4)
                }
            })
            .collect();
        p = p.series(Series::new(format!("Series number {}", i + 1), v));
    }
    let f = TrendFigure::new(years)
        .panel(p)
        .event(Event::at("2010/11").label("first event"))
        .event(Event::after("2010/11").label("second event"))
        .event(Event::after("2015/16").label("the last and longest event"));
    let d = f.draw()?;
    std::fs::write("/tmp/rep_out/seven.png", d.png()?)?;
    let pt = |t: i64, b: f64, h: f64| PathPoint {
        event_time: t,
        estimate: b,
        interval: (b - h, b + h).into(),
    };
    let f = PathFigure::new([
        pt(-4, 0.03, 0.2),
        pt(-3, 0.07, 0.21),
        pt(-2, -0.05, 0.18),
        pt(0, -0.35, 0.2),
        pt(1, -0.61, 0.22),
        pt(2, -0.7, 0.25),
    ])
    .reference(-1)
    .band(
        "95% uniform band",
        [
            (-4, (-0.25, 0.31)),
            (-3, (-0.22, 0.36)),
            (-2, (-0.3, 0.2)),
            (0, (-0.63, -0.07)),
            (1, (-0.93, -0.3)),
            (2, (-1.05, -0.35)),
        ],
    )
    .name("estimate, 95% pointwise interval")
    .reference_name("reference year")
    .event("reform")
    .title("Effect of the reform on screening, by year")
    .x_label("Years since the reform")
    .y_label("Percentage points")
    .annotation("SIMULATED practice rows");
    let d = f.draw()?;
    std::fs::write("/tmp/rep_out/path.png", d.png()?)?;
    let mut rows = vec![];
    for (h, n) in [("Clinical quality", 5), ("Prescribing and referral", 4)] {
        rows.push(ForestRow::heading(h));
        for k in 0..n {
            let b = ((k * 7 + n) as f64).sin() * 0.8;
            rows.push(
                ForestRow::new(
                    format!("Outcome {} of the {h} domain", k + 1),
                    b,
                    (b - 0.3 - 0.05 * k as f64, b + 0.3 + 0.05 * k as f64),
                )
                .beside(b + 0.04),
            );
        }
    }
    let f = ForestFigure::new(rows)
        .name("computed, 95% interval")
        .beside_name("published")
        .decimals(3)
        .title("Dose of reform and forty outcomes")
        .annotation("SIMULATED practice rows")
        .x_label("Effect of one unit of dose (standard deviations)")
        .note("Standard errors clustered by practice.");
    let d = f.draw()?;
    std::fs::write("/tmp/rep_out/forest.png", d.png()?)?;
    let t = Table::new("Table 6. Effect of the reform on screening").column(Column::text("Specification")).column(Column::number("Estimate").under("Published")).column(Column::interval("95% CI").under("Published")).column(Column::number("Estimate").under("Computed")).column(Column::number("p").under("Computed")).column(Column::number("N"))
      .row([Cell::text("DDD, practice & year"), Cell::real(-0.72,3).mark("†"), Cell::interval((-1.036,-0.404),3), Cell::real(-0.7203,3).mark("†"), Cell::p_value(1e-5), 1843.into()])
      .row([Cell::text("LDV"), Cell::real(0.12,3), Cell::missing(), Cell::real(-0.0001,3), Cell::p_value(0.8), Cell::missing()])
      .note("† calibration target: the simulated rows were made to reproduce this number, so that its agreement is no evidence of anything at all and must not be read as such.").missing("n/a");
    println!(
        "{}\n{}\n{}\n{}",
        t.text()?,
        t.markdown()?,
        t.latex()?,
        t.csv()?
    );
    Ok(())
}
