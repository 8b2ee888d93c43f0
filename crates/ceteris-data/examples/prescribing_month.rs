//! How fast a month of prescribing streams, and in how much memory.
//!
//! Writes a made-up month in the published layout to the folder for temporary files, sums it by practice
//! and class, prints rows, megabytes a second and the largest memory, and removes the file. Then, with
//! two more arguments, times the lookup and the membership file. Times are on the clock and, where the
//! system tells it, on the processor, which a busy machine does not lengthen.
//!
//! `cargo run --release -p ceteris-data --example prescribing_month [ROWS] [LOOKUP MEMBERSHIP]`

#![expect(clippy::print_stdout, reason = "an example prints what it finds")]

use std::error::Error;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use ceteris_data::nhs::{BnfClass, LocalAuthorities, Membership, PrescribingTotals, visit_prescribing};

/// A published month has about as many.
const ROWS: u64 = 10_000_000;
/// Practices with prescribing in a month.
const PRACTICES: u64 = 9_000;
/// Presentations, of which each practice prescribes some.
const CODES: [&str; 8] = [
    "0101010G0AAABAB",
    "0401010Z0AAAAAA",
    "0407020Q0BCAGCN",
    "0501013B0AAAAAA",
    "0501013K0AAAJAJ",
    "1001010J0AAADAD",
    "1001010C0BBAAAA",
    "21480000100",
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let rows = arguments.next().map_or(Ok(ROWS), |rows| rows.parse())?;
    let path = std::env::temp_dir().join(format!("prescribing-month-{}.csv", std::process::id()));
    write_month(&path, rows)?;
    let measured = measure(&path, rows);
    std::fs::remove_file(&path)?;
    measured?;
    if let (Some(lookup), Some(membership)) = (arguments.next(), arguments.next()) {
        time("lookup", || LocalAuthorities::read(&lookup).map(|lookup| lookup.ccgs().len()))?;
        time("membership", || Membership::read(&membership).map(|membership| membership.nrows()))?;
    }
    Ok(())
}

/// A month whose practices come one after the other, as in the published files.
fn write_month(path: &PathBuf, rows: u64) -> std::io::Result<()> {
    let mut file = BufWriter::with_capacity(1 << 20, std::fs::File::create(path)?);
    write!(file, " SHA,PCT,PRACTICE,BNF CODE,BNF NAME{:36},ITEMS  ,NIC        ,ACT COST   ,", "")?;
    write!(file, "QUANTITY,PERIOD,{:17}\r\n", "")?;
    for row in 0..rows {
        let practice = row * PRACTICES / rows;
        let code = CODES[(row % CODES.len() as u64) as usize];
        let (items, pence) = (1 + row % 97, 50 + row % 9973);
        let (name, pounds, rest) = ("A presentation_Tab 5mg", pence / 100, pence % 100);
        write!(file, "Q30,5D7,A{practice:05},{code:15},{name:40},{items:07},{pounds:08}.{rest:02},")?;
        write!(file, "{pounds:08}.{rest:02},{:07},201008,{:17}\r\n", items * 28, "")?;
    }
    file.flush()
}

fn measure(path: &Path, rows: u64) -> Result<(), Box<dyn Error>> {
    let megabytes = std::fs::metadata(path)?.len() as f64 / 1e6;
    let mut started = Watch::start();
    let mut items = 0;
    let visited = visit_prescribing(path, |row| {
        items += row.items;
        Ok(())
    })?;
    assert_eq!(visited, rows);
    report("read", rows, megabytes, started);
    started = Watch::start();
    let mut totals = PrescribingTotals::new(PrescribingTotals::REPORT);
    totals.add_month(path)?;
    report("summed by practice and eight classes", rows, megabytes, started);
    let practices: Vec<&str> = totals.practices().collect();
    let sums = practices.iter().filter_map(|practice| totals.sum(practice, BnfClass::ALL));
    assert_eq!(sums.map(|sum| sum.items).sum::<u64>(), items);
    println!("{} practices; largest memory {}", practices.len(), largest_memory());
    Ok(())
}

fn report(what: &str, rows: u64, megabytes: f64, started: Watch) {
    let speed = |seconds: f64| format!("{seconds:.2} s, {:.0} MB/s", megabytes / seconds);
    println!("{rows} rows {what}: {megabytes:.0} MB in {}", speed(started.clock.elapsed().as_secs_f64()));
    if let Some(seconds) = started.processor_seconds() {
        println!("    on the processor: {}", speed(seconds));
    }
}

/// Time on the clock and on the processor.
struct Watch {
    clock: Instant,
    processor: Option<f64>,
}

impl Watch {
    fn start() -> Self {
        Self { clock: Instant::now(), processor: processor() }
    }

    fn processor_seconds(&self) -> Option<f64> {
        Some(processor()? - self.processor?)
    }
}

/// Seconds that this thread has spent on a processor, where the system tells it.
fn processor() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = text.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

/// Best of some readings, in milliseconds.
fn time(what: &str, read: impl Fn() -> ceteris_data::Result<usize>) -> Result<(), Box<dyn Error>> {
    const READINGS: usize = 9;
    let mut best = f64::INFINITY;
    let mut count = 0;
    for _ in 0..READINGS {
        let started = Instant::now();
        count = read()?;
        best = best.min(1e3 * started.elapsed().as_secs_f64());
    }
    println!("{what}: {count} in {best:.1} ms");
    Ok(())
}

/// The high-water mark of resident memory, where the system tells it.
fn largest_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.map_or("unknown".to_string(), |line| line["VmHWM:".len()..].trim().to_string())
}
