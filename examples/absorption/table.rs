//! Every problem by every method and backend: a Markdown table, and JSON on request.
//!
//! The true error is the distance from a second method that is as exact as doubles allow: `direct` where
//! it can be used, else conjugate gradients to 1e-13.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::generators::Problem;
use support::methods::{METHODS, backends};

use super::outcome::Outcome;

/// A cell that takes longer is stopped, and the table says so.
const LIMIT: Duration = Duration::from_secs(60);

pub(crate) fn run(rows: usize, options: &[&str]) -> Outcome<()> {
    let json_file = options.iter().position(|word| *word == "--json").map(|at| at + 1);
    let named = |problem: &Problem| options.contains(&problem.name());
    let any = Problem::ALL.iter().any(named);
    let mut cells: Vec<Value> = Vec::new();
    println!(
        "| problem | rows | method | backend | chosen | iterations | seconds | CPU seconds | peak MiB | error |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for problem in Problem::ALL.into_iter().filter(|problem| !any || named(problem)) {
        let exact = process(problem, rows, "direct", "faer")?;
        let tight = process(problem, rows, "tight", "faer")?;
        for (method, _) in METHODS {
            for backend in backends() {
                let mut cell = match *method {
                    "direct" if backend.name() == "faer" => exact.clone(),
                    _ => process(problem, rows, method, backend.name())?,
                };
                let judge = if *method == "direct" || exact["refused"].is_string() { &tight } else { &exact };
                cell["error"] = json!(distance(&cell, judge));
                cell["problem"] = json!(problem.name());
                cell["asked"] = json!(method);
                cell["backend"] = json!(backend.name());
                println!("{}", line(&cell));
                cells.push(cell);
            }
        }
    }
    if let Some(file) = json_file.and_then(|at| options.get(at)) {
        std::fs::write(file, serde_json::to_string_pretty(&json!({ "rows": rows, "cells": cells }))?)?;
    }
    Ok(())
}

/// One cell, in a process of its own.
fn process(problem: Problem, rows: usize, method: &str, backend: &str) -> Outcome<Value> {
    let arguments = ["cell", problem.name(), &rows.to_string(), method, backend];
    let mut child = Command::new(std::env::current_exe()?)
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let start = Instant::now();
    while child.try_wait()?.is_none() {
        if start.elapsed() > LIMIT {
            child.kill()?;
            child.wait()?;
            return Ok(json!({ "refused": format!("stopped after {} s", LIMIT.as_secs()) }));
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let output = child.wait_with_output()?;
    let failed = |_| json!({ "refused": format!("ended with {}", output.status) });
    Ok(serde_json::from_slice(&output.stdout).unwrap_or_else(failed))
}

fn distance(cell: &Value, judge: &Value) -> Option<f64> {
    let estimate = |value: &Value| value["estimates"]["x"].as_f64();
    Some((estimate(cell)? - estimate(judge)?).abs())
}

fn line(cell: &Value) -> String {
    let word = |key: &str| cell[key].as_str().unwrap_or_default().to_string();
    let head =
        format!("| {} | {} | {} | {} |", word("problem"), cell["nobs"], word("asked"), word("backend"));
    if cell["refused"].is_string() {
        return format!("{} {} | | | | | |", head.replace("null", ""), word("refused"));
    }
    let number = |key: &str| cell[key].as_f64().unwrap_or_default();
    let error = cell["error"].as_f64().map_or_else(|| "no judge".to_string(), |error| format!("{error:.0e}"));
    format!(
        "{head} {} | {} | {:.4} | {:.4} | {:.0} | {error} |",
        word("method"),
        cell["iterations"],
        number("seconds"),
        number("cpu"),
        number("peak")
    )
}
