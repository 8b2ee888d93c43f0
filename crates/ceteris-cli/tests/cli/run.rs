//! Runs the program in a folder of its own and looks at everything it leaves behind.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

/// Twelve rows: outcome `y`, regressors `x` and `z`, weights `w`, a category `f` of four levels and
/// a year `g` of three.
pub(crate) const TABLE: &str = "\
y,x,z,w,f,g
1.25,0.5,3,2,a,2011
2.5,1.5,1,1,a,2012
2.75,2.25,4,3,a,2013
0.5,0.25,1,1,b,2011
1.75,1.75,5,2,b,2012
3.5,2.5,9,2,b,2013
2.25,0.75,2,1,c,2011
2.0,1.25,6,4,c,2012
4.25,3.5,5,1,c,2013
0.75,-0.5,3,2,d,2011
1.5,1.0,5,1,d,2012
2.875,2.0,8,2,d,2013
";

/// A folder that is empty when a test begins.
pub(crate) fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    if path.exists() {
        fs::remove_dir_all(&path).expect("the folder of an earlier run can be removed");
    }
    fs::create_dir_all(&path).expect("the folder can be made");
    path
}

/// A folder with a table in `a.csv`.
pub(crate) fn folder_with(name: &str, table: &str) -> PathBuf {
    let path = folder(name);
    fs::write(path.join("a.csv"), table).expect("the folder can be written");
    path
}

/// Runs the program in a folder.
pub(crate) fn ceteris(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ceteris"));
    command.current_dir(folder).args(args).output().expect("the program starts")
}

/// What the program prints when all goes well.
pub(crate) fn printed(folder: &Path, args: &[&str]) -> String {
    let output = ceteris(folder, args);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{args:?}: {errors}");
    String::from_utf8(output.stdout).expect("text")
}

/// Every file below a folder, hidden ones too, with its contents; folders end with a slash.
pub(crate) fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_name().expect("entries have names").to_string_lossy().into_owned();
        if path.is_dir() {
            let inner = contents(&path).into_iter();
            found.extend(inner.map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
            found.insert(name + "/", Vec::new());
        } else {
            found.insert(name, fs::read(&path).expect("files can be read"));
        }
    }
    found
}

/// A panel of 24 units over 2001 to 2006: outcome `y`, covariate `x`, weights `w` and a category `region`,
/// the last two constant by unit. A third of the units is first treated in 2004, a third in 2005, a third
/// never (2099). For one reform: `treated` in 2004, `affected`, and `after` from 2004 on.
pub(crate) fn panel() -> &'static str {
    static PANEL: LazyLock<String> = LazyLock::new(|| {
        let mut table = String::from("unit,year,first,treated,affected,after,y,x,w,region\n");
        for (unit, year) in (0..24).flat_map(|unit| (2001..=2006).map(move |year| (unit, year))) {
            let first = [2004, 2005, 2099][unit % 3];
            let (treated, affected) = (u8::from(first == 2004), u8::from(unit / 3 % 2 == 0));
            let (since, after) = ((year + 1usize).saturating_sub(first), u8::from(year >= 2004));
            let noise = ((unit * 37 + year * 11 + unit * year) % 17) as f64 / 8.0;
            let y =
                unit as f64 / 4.0 + year as f64 / 2.0 + (since * usize::from(1 + affected)) as f64 + noise;
            let (x, region) = (((unit * 13 + year * 7) % 11) as f64 / 8.0, ["a", "b", "c", "d"][unit % 4]);
            let line = format!(
                "{unit},{year},{first},{treated},{affected},{after},{y},{x},{},{region}",
                1 + unit % 4
            );
            table.push_str(&line);
            table.push('\n');
        }
        table
    });
    &PANEL
}
