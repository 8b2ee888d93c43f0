//! One regression from a file: `cargo run --example regression -- FILE "y ~ x | f" CLUSTER`

use ceteris::{Cluster, Ols, SmallSample};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, formula, cluster] = arguments.as_slice() else {
        return Err("give a file, a formula and a cluster column".into());
    };
    let frame = ceteris_data::read(file)?;
    let fit = formula.parse::<Ols>()?.require([cluster]).fit(&frame)?;
    println!("{}", fit.inference(Cluster::by([cluster]))?);
    for preset in SmallSample::all() {
        let table = fit.inference(Cluster::by([cluster]).small_sample(preset))?;
        println!("{preset}: K = {}, factor {:.6}", table.parameters(), table.factor());
    }
    for dropped in fit.dropped() {
        println!("{} rows dropped: {}", dropped.rows, dropped.rule);
    }
    Ok(())
}
