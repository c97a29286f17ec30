//! What a program of four calls costs to build, and how large it is.

use std::collections::BTreeSet;
use std::fs;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use super::contest::{Contest, Contestant, cargo_in, target};
use super::ratio::{Ratio, median};
use super::rows::{Bar, Row};

struct Build {
    cpu_seconds: f64,
    bytes: f64,
    crates: f64,
}

pub(super) fn rows(contest: &Contest, pairs: usize) -> Result<Vec<Row>> {
    let mut rounds = Vec::new();
    for _ in 0..pairs {
        let floor = build(Contestant::Floor)?;
        rounds.push((floor, build(Contestant::Ours)?));
    }
    let peer = contest.peers.then(|| build(Contestant::Peer)).transpose()?;
    let row = |what: &str, unit, bar, of: fn(&Build) -> f64| {
        let floor = median(rounds.iter().map(|(floor, _)| of(floor)));
        let ours = median(rounds.iter().map(|(_, ours)| of(ours)));
        Row {
            what: format!("program of four calls: {what}"),
            unit,
            floor,
            ours,
            ratio: Ratio::exact(ours / floor),
            peer: peer.as_ref().map(|peer| of(peer) / floor),
            bar,
        }
    };
    let times = rounds
        .iter()
        .map(|(floor, ours)| ours.cpu_seconds / floor.cpu_seconds);
    Ok(vec![
        Row {
            ratio: Ratio::of_pairs(times),
            ..row("clean release build", "CPU s", Bar::AtMost(1.25), |build| {
                build.cpu_seconds
            })
        },
        row("stripped binary", "KiB", Bar::AtMost(1.20), |build| {
            build.bytes / 1024.0
        }),
        row("crates compiled", "", Bar::More(8.0), |build| build.crates),
    ])
}

/// Builds the program of four calls from nothing, in the profile that users have by default.
fn build(who: Contestant) -> Result<Build> {
    let target = target().with_file_name("bench-clean");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    let program = format!("{}-calls", who.name());
    let before = children_cpu_seconds()?;
    let output = cargo_in(&who.workspace(), &target)
        .args(["build", "--release", "--message-format=json"])
        .args(["--package", who.name(), "--bin", &program])
        .env("CARGO_PROFILE_RELEASE_STRIP", "true")
        .stderr(Stdio::null())
        .output()?;
    let cpu_seconds = children_cpu_seconds()? - before;
    ensure!(output.status.success(), "{program} cannot be built");
    let bytes = fs::metadata(target.join("release").join(program))?.len() as f64;
    let crates = crates(&String::from_utf8_lossy(&output.stdout)) as f64;
    fs::remove_dir_all(&target)?;
    Ok(Build {
        cpu_seconds,
        bytes,
        crates,
    })
}

/// The packages in cargo's messages, but for the program's own.
fn crates(messages: &str) -> usize {
    let packages: BTreeSet<_> = messages
        .lines()
        .flat_map(serde_json::from_str::<serde_json::Value>)
        .filter(|message| message["reason"] == "compiler-artifact")
        .map(|message| message["package_id"].to_string())
        .collect();
    packages.len().saturating_sub(1)
}

/// The CPU time of all processes that this one has waited for, and of those that they have.
fn children_cpu_seconds() -> Result<f64> {
    /// Linux counts in these, whatever the kernel's own clock.
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").context("this needs Linux")?;
    // The name, in brackets, may hold spaces.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks: f64 = fields
        .split_whitespace()
        .skip(13)
        .take(2)
        .flat_map(str::parse::<f64>)
        .sum();
    Ok(ticks / TICKS_PER_SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_package_counts_once_and_the_program_not() {
        let artifact =
            |package: &str| format!(r#"{{"reason":"compiler-artifact","package_id":"{package}"}}"#);
        let messages = [
            artifact("serde"),
            artifact("serde"),
            artifact("program"),
            r#"{"reason":"build-script-executed","package_id":"libc"}"#.to_owned(),
        ];
        assert_eq!(crates(&messages.join("\n")), 1);
    }
}
