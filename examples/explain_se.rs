//! Why programs print different standard errors for one fit: `cargo run --example explain_se`
//!
//! On the embedded SIMULATED panel: the practices are nested in the clusters, and there are few clusters.

use ceteris::{Cluster, Ols, Weights, fe};
use ceteris_data::twin::Twin;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let frame = Twin::screening().frame();
    let rate = Ols::new("numerator")
        .regress_on(["denominator"])
        .absorb([fe("practice").by("indicator"), fe("year")]);
    let fit = rate.weights(Weights::analytic("denominator")).require(["ccg"]).fit(&frame)?;
    let explanation = fit.explain(Cluster::by(["ccg"]), Some("denominator"))?;
    for account in &explanation.accounts {
        let errors: Vec<String> =
            account.coefs.iter().map(|coef| format!("{:.8}", coef.std_error.unwrap())).collect();
        println!("{:20} K = {:6}  {}", account.program, account.parameters.total, errors.join(" "));
        println!("{:20} {} ({})", "", account.sentence(), account.evidence);
    }
    Ok(())
}
