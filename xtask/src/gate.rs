//! `cargo xtask gate`: everything that must hold before a change goes in, as the CI checks it.

mod tally;

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::regen;
use crate::report::{Outcome, failure, say};
use crate::run::{cargo, has_subcommand, tee};
use tally::Tally;

/// Check everything that CI checks.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Stop at the first step that fails
    #[arg(long)]
    fail_fast: bool,
}

struct Step {
    name: &'static str,
    run: fn(&mut Tally) -> Result<bool>,
}

const STEPS: [Step; 6] = [
    Step {
        name: "format",
        run: |_| passes(cargo().args(["fmt", "--all", "--check"])),
    },
    Step {
        name: "clippy",
        run: |_| clippy(),
    },
    Step {
        name: "generated files",
        run: |_| generated_files(),
    },
    Step {
        name: "tests",
        run: tests,
    },
    Step {
        name: "documentation tests",
        run: documentation_tests,
    },
    Step {
        name: "documentation",
        run: |_| documentation(),
    },
];

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut tally = Tally::default();
    let mut lines = Vec::new();
    let mut all_pass = true;
    for Step { name, run } in STEPS {
        say(format!("── {name}"));
        let started = now();
        let passed = run(&mut tally).unwrap_or_else(|error| {
            failure(&error);
            false
        });
        let word = if passed { "ok" } else { "FAILED" };
        lines.push(format!(
            "{word:<6}  {:>7}  {name}",
            seconds(started.elapsed())
        ));
        all_pass &= passed;
        if arguments.fail_fast && !passed {
            break;
        }
    }
    say("── gate");
    lines.iter().for_each(say);
    say(tally.to_string());
    Ok(if all_pass {
        Outcome::Done
    } else {
        Outcome::Different
    })
}

fn passes(command: &mut Command) -> Result<bool> {
    Ok(command.status()?.success())
}

fn clippy() -> Result<bool> {
    passes(cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--all-features",
        "--",
        "--deny",
        "warnings",
    ]))
}

fn generated_files() -> Result<bool> {
    let outcome = regen::run(&regen::Arguments::checking())?;
    Ok(outcome == Outcome::Done)
}

fn tests(tally: &mut Tally) -> Result<bool> {
    let mut command = cargo();
    if has_subcommand("nextest") {
        command.args(["nextest", "run", "--workspace", "--no-fail-fast"]);
    } else {
        command.args(["test", "--workspace", "--all-targets", "--no-fail-fast"]);
    }
    counted(&mut command, tally)
}

fn documentation_tests(tally: &mut Tally) -> Result<bool> {
    counted(
        cargo().args(["test", "--workspace", "--doc", "--no-fail-fast"]),
        tally,
    )
}

/// Runs tests so that a snapshot that differs fails and is not rewritten.
fn counted(command: &mut Command, tally: &mut Tally) -> Result<bool> {
    command
        .env("INSTA_UPDATE", "no")
        .env("CARGO_TERM_COLOR", "never");
    tee(command, |line| tally.read(line))
}

fn documentation() -> Result<bool> {
    let mut command = cargo();
    command.args(["doc", "--workspace", "--no-deps", "--all-features"]);
    passes(command.env("RUSTDOCFLAGS", "--deny warnings"))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the gate tells how long its steps take"
)]
fn now() -> Instant {
    Instant::now()
}

fn seconds(elapsed: Duration) -> String {
    format!("{:.1} s", elapsed.as_secs_f64())
}
