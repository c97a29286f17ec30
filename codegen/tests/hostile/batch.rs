//! Generated crates, checked by the compiler all at once: each is a module of one crate.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::SliceCrate;

/// Below the target folder, so that the next run finds the dependencies compiled.
const ROOT: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/batches");

pub(crate) struct Batch {
    folder: PathBuf,
    root: String,
}

impl Batch {
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(ROOT).join(name);
        let _ = fs::remove_dir_all(folder.join("src"));
        fs::create_dir_all(folder.join("src")).unwrap();
        // A user may be as strict, but for the documentation that only his document can have.
        let root = "#![deny(warnings)]\n#![allow(missing_docs)]\n".to_owned();
        Self { folder, root }
    }

    /// Adds the generated part of a crate.
    pub(crate) fn add(&mut self, name: &str, made: &SliceCrate) {
        let code = made.files.iter().filter(|(path, _)| path.ends_with(".rs"));
        for (path, text) in code {
            if let Some(path) = path.strip_prefix("src/generated/") {
                let path = self.folder.join(format!("src/d{name}")).join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
        }
        let _ = writeln!(self.root, "#[rustfmt::skip]\npub mod d{name};");
    }

    /// What the compiler says of them: a line for each module and message.
    pub(crate) fn check(self) -> Vec<String> {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let runtime = workspace.join("client/runtime").canonicalize().unwrap();
        let manifest = format!(
            "[package]\nname = \"batch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [features]\nblocking = [\"stripe-client-runtime/blocking\"]\n\
             schemars = [\"stripe-client-runtime/schemars\"]\n\n\
             [dependencies]\nstripe-client-runtime = {{ path = {runtime:?}, default-features = false }}\n\n\
             [workspace]\n"
        );
        fs::write(self.folder.join("Cargo.toml"), manifest).unwrap();
        fs::write(self.folder.join("src/lib.rs"), self.root).unwrap();
        fs::copy(workspace.join("Cargo.lock"), self.folder.join("Cargo.lock")).unwrap();
        let output = Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--offline", "--message-format=short"])
            .args(["--features", "blocking,schemars"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", Path::new(ROOT).join("target"))
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0")
            .output()
            .unwrap();
        let messages = String::from_utf8(output.stderr).unwrap();
        let mut lines: BTreeSet<String> = BTreeSet::new();
        for line in messages.lines() {
            lines.insert(line.to_owned());
        }
        assert!(output.status.success() || !lines.is_empty());
        lines.into_iter().collect()
    }
}
