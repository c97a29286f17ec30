//! Other programs, started by a command.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result};

use crate::paths::root;
use crate::report::say;

/// The cargo that runs this command, in the workspace's root.
pub(crate) fn cargo() -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// Whether a subcommand of cargo is installed.
pub(crate) fn has_subcommand(name: &str) -> bool {
    let mut command = cargo();
    command
        .args([name, "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Runs a program, passes on each line of its output, and gives the lines to `read` as well.
pub(crate) fn tee(command: &mut Command, mut read: impl FnMut(&str)) -> Result<bool> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start cargo")?;
    let (lines, received) = std::sync::mpsc::channel();
    let readers = [
        child
            .stdout
            .take()
            .map(|stream| forward(stream, lines.clone())),
        child.stderr.take().map(|stream| forward(stream, lines)),
    ];
    for line in received {
        read(&line);
        say(line);
    }
    for reader in readers.into_iter().flatten() {
        let _ = reader.join();
    }
    Ok(child.wait()?.success())
}

fn forward(
    stream: impl std::io::Read + Send + 'static,
    lines: std::sync::mpsc::Sender<String>,
) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line).into_owned();
            if lines.send(line).is_err() {
                break;
            }
        }
    })
}
