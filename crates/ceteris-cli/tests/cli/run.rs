//! Runs the program in a folder of its own and looks at everything it leaves behind.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

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
