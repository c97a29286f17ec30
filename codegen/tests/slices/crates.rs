//! Crates on disk, and the compiler on them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use codegen::SliceCrate;

use crate::sources::workspace;

/// Below the target folder, so that the next run finds the dependencies compiled.
const ROOT: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/slices");

/// What the programs need, behind the dependencies of the crate's own tests.
const DEPENDENCIES: &str = "serde = \"1\"\nserde_json = \"1\"\n";

/// Writes a crate with one program, `examples/program.rs`, compiles both, and gives the program's
/// path.
///
/// The dependencies are those of the workspace's lock file, in the same versions and without the
/// network. There is no TLS, which no test needs and which takes longest to compile.
pub(crate) fn compiled(name: &str, slice: SliceCrate, program: &str) -> PathBuf {
    let folder = Path::new(ROOT).join(name);
    let mut files = slice.files;
    files.extend(slice.parts);
    files.insert("examples/program.rs".to_owned(), program.to_owned());
    files.get_mut("Cargo.toml").unwrap().push_str(DEPENDENCIES);
    let lock = fs::read_to_string(workspace().join("Cargo.lock")).unwrap();
    write(&folder, &files);
    fs::write(folder.join("Cargo.lock"), lock).unwrap();
    let target = Path::new(ROOT).join("target");
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline", "--no-default-features"])
        .args([
            "--features",
            "blocking,schemars,webhook",
            "--example",
            "program",
        ])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        // A crate that changes is compiled anew, and one that does not is not: no need to remember more.
        .env("CARGO_INCREMENTAL", "0")
        .output()
        .unwrap();
    // Cargo is quiet, and so must the compiler be.
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    // Two crates have a program of this name.
    let built = target.join("debug/examples/program");
    let own = folder.join("program");
    fs::copy(built, &own).unwrap();
    own
}

/// Runs a compiled program; what it prints is given back, and shown if it fails.
pub(crate) fn run(program: &Path, environment: &[(&str, &str)]) -> String {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(program)
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    let stdout = String::from_utf8(stdout).unwrap();
    assert!(
        status.success(),
        "{stdout}\n{}",
        String::from_utf8_lossy(&stderr)
    );
    stdout
}

/// Writes what differs, and removes what an earlier run wrote and this one does not: an unchanged
/// crate is not compiled again.
fn write(folder: &Path, files: &BTreeMap<String, String>) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if fs::read_to_string(&path).ok().as_ref() != Some(text) {
            fs::write(&path, text).unwrap();
        }
    }
    let mut folders = BTreeSet::from([folder.join("src")]);
    while let Some(below) = folders.pop_first() {
        for entry in fs::read_dir(below).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
            if path.is_dir() {
                folders.insert(path);
            } else if !files.contains_key(&name.replace('\\', "/")) {
                fs::remove_file(path).unwrap();
            }
        }
    }
}
