//! The programs that are measured, and the server that answers them.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::paths::{in_workspace, root};

/// Who takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Contestant {
    Floor,
    Ours,
    Peer,
}

impl Contestant {
    /// The name of the package, and of its programs.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Ours => "ours",
            Self::Peer => "peer",
        }
    }

    /// The folder of its workspace.
    pub(super) fn workspace(self) -> PathBuf {
        in_workspace(match self {
            Self::Floor | Self::Ours => "xtask/bench",
            Self::Peer => "xtask/bench/peer",
        })
    }
}

/// What a contestant is to do.
#[derive(Clone, Copy)]
pub(super) struct Task {
    pub(super) what: &'static str,
    pub(super) count: usize,
    /// How many accounts the server has, and how many milliseconds a page takes there.
    pub(super) accounts: usize,
    pub(super) delay: usize,
}

/// What one run cost.
#[derive(Clone, Copy)]
pub(super) struct Cost {
    /// Seconds.
    pub(super) wall: f64,
    /// Seconds.
    pub(super) cpu: f64,
    pub(super) peak_kib: f64,
}

pub(super) struct Contest {
    target: PathBuf,
    server: Server,
    pub(super) peers: bool,
}

impl Contest {
    /// Builds the programs and starts the server.
    pub(super) fn prepare(peers: bool) -> Result<Self> {
        let target = target();
        let folder = Contestant::Ours.workspace();
        build(&folder, &target, "server", &[])?;
        // One at a time: together, each would get the other's features.
        build(&folder, &target, "floor", &["--features", "meter"])?;
        build(&folder, &target, "ours", &["--features", "meter"])?;
        if peers {
            build(
                &Contestant::Peer.workspace(),
                &target,
                "peer",
                &["--features", "meter"],
            )?;
        }
        Ok(Self {
            server: Server::start(&target.join("release/server"))?,
            target,
            peers,
        })
    }

    pub(super) fn run(&self, who: Contestant, task: &Task) -> Result<Cost> {
        let mut command = Command::new(self.program(who));
        let output = self.arguments(&mut command, task).output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let numbers: Vec<f64> = text.split_whitespace().flat_map(str::parse).collect();
        match numbers.as_slice() {
            [wall, cpu, peak_kib] if output.status.success() => Ok(Cost {
                wall: wall / 1e9,
                cpu: cpu / 1e9,
                peak_kib: *peak_kib,
            }),
            _ => bail!(
                "{} {}: {}",
                who.name(),
                task.what,
                String::from_utf8_lossy(&output.stderr)
            ),
        }
    }

    /// The instructions of one more request, page or decoding: those of a longer run less those of a
    /// shorter, so that starting the program does not count. They are the same on a busy machine.
    pub(super) fn instructions(&self, who: Contestant, [short, long]: [&Task; 2]) -> Result<f64> {
        let more = (long.count - short.count) as f64;
        Ok((self.counted(who, long)? - self.counted(who, short)?) / more)
    }

    fn counted(&self, who: Contestant, task: &Task) -> Result<f64> {
        let mut command = Command::new("valgrind");
        command
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(self.program(who));
        let output = self
            .arguments(&mut command, task)
            .output()
            .context("cannot start valgrind, which counts instructions")?;
        let text = String::from_utf8_lossy(&output.stderr);
        let count = text
            .lines()
            .find_map(|line| line.split_once("Collected : "));
        let count = count.and_then(|(_, count)| count.trim().parse().ok());
        count.with_context(|| format!("valgrind counted nothing: {text}"))
    }

    fn program(&self, who: Contestant) -> PathBuf {
        self.target.join(format!("release/{}-load", who.name()))
    }

    fn arguments<'a>(&self, command: &'a mut Command, task: &Task) -> &'a mut Command {
        let Task {
            accounts, delay, ..
        } = task;
        command.args([
            task.what,
            &format!("{}/{accounts}/{delay}", self.server.address),
            &task.count.to_string(),
        ])
    }
}

/// Where the programs are built: beside everything else that is.
pub(super) fn target() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target
        .unwrap_or_else(|| root().join("target"))
        .join("bench")
}

/// Cargo, in one of the workspaces of contestants.
pub(super) fn cargo_in(folder: &Path, target: &Path) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.current_dir(folder).env("CARGO_TARGET_DIR", target);
    command
}

fn build(folder: &Path, target: &Path, package: &str, more: &[&str]) -> Result<()> {
    let mut command = cargo_in(folder, target);
    let command = command.args(["build", "--quiet", "--release", "--package", package]);
    ensure!(
        command.args(more).status()?.success(),
        "{package} cannot be built"
    );
    Ok(())
}

/// The server, as long as it is needed.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(program: &Path) -> Result<Self> {
        let mut process = Command::new(program).stdout(Stdio::piped()).spawn()?;
        let mut address = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut address)?;
        }
        Ok(Self {
            process,
            address: address.trim().to_owned(),
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
