//! `cargo xtask gate`: everything that must hold before a change goes in, as the CI checks it.

mod native_tls;
mod tally;

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::paths::{in_workspace, root};
use crate::regen;
use crate::report::{Outcome, failure, say};
use crate::run::{cargo, has_subcommand, tee};
use crate::write::files_below;
use native_tls::NativeTls;
use tally::Tally;

/// Check everything that CI checks.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Stop at the first step that fails
    #[arg(long)]
    fail_fast: bool,
}

const CLIENT: &str = "stripe-financial-connections";
/// The crates that have the features which every generated client forwards to the runtime.
const WITH_FEATURES: [&str; 4] = [
    "stripe-client-runtime",
    CLIENT,
    "stripe-second-slice",
    "stripe-frozen-slice",
];

/// All features but `native-tls`, which would be used instead of `rustls` and has a step of its own.
const EVERY_FEATURE: [&str; 2] = [
    "--features",
    "stripe-client-runtime/blocking,stripe-client-runtime/schemars,stripe-client-runtime/webhook,\
     stripe-financial-connections/blocking,stripe-financial-connections/schemars,stripe-financial-connections/webhook,\
     stripe-frozen-slice/blocking,stripe-frozen-slice/schemars,stripe-frozen-slice/webhook,\
     stripe-second-slice/blocking,stripe-second-slice/schemars,stripe-second-slice/webhook",
];

struct Step {
    name: &'static str,
    run: fn(&mut Tally) -> Result<bool>,
}

const STEPS: [Step; 11] = [
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
        name: "examples",
        run: |_| examples(),
    },
    Step {
        name: "features",
        run: |_| features(),
    },
    Step {
        name: "native TLS",
        run: native_tls,
    },
    Step {
        name: "official SDKs",
        run: |_| official_sdks(),
    },
    Step {
        name: "documentation",
        run: |_| documentation(),
    },
    Step {
        name: "packages",
        run: |_| packages(),
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
    let mut command = cargo();
    command.args(["clippy", "--workspace", "--all-targets"]);
    command
        .args(EVERY_FEATURE)
        .args(["--", "--deny", "warnings"]);
    passes(&mut command)
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
    let mut command = cargo();
    command.args(["test", "--workspace", "--doc", "--no-fail-fast"]);
    // Its examples name the crates that it was generated for.
    command.args(["--exclude", "stripe-frozen-slice"]);
    counted(&mut command, tally)
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
    command.args(["doc", "--workspace", "--no-deps"]);
    command.args(EVERY_FEATURE);
    passes(command.env("RUSTDOCFLAGS", "--deny warnings"))
}

/// What each crate would be published as: its manifest, its files, and its place in the order. They are
/// not built again from their packages, which takes as long as all the rest: a release does that.
fn packages() -> Result<bool> {
    let mut command = cargo();
    command.args(["package", "--workspace", "--quiet"]);
    passes(command.args(["--no-verify", "--allow-dirty"]))
}

/// Every example of the client, run to its end.
fn examples() -> Result<bool> {
    let mut all_pass = true;
    for path in files_below(&in_workspace("client/examples"))? {
        let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) else {
            continue;
        };
        let mut command = cargo();
        command.args(["run", "--quiet", "--package", CLIENT, "--example", name]);
        let output = command
            .args(["--features", "blocking,schemars,webhook"])
            .output()?;
        let word = if output.status.success() {
            "ok"
        } else {
            "FAILED"
        };
        say(format!("example {name} ... {word}"));
        if !output.status.success() {
            say(String::from_utf8_lossy(&output.stderr));
            all_pass = false;
        }
    }
    Ok(all_pass)
}

/// The vendor's own libraries against the sandbox and our signatures. Where one of their runtimes or
/// its registry is missing, the script says so and leaves it out.
fn official_sdks() -> Result<bool> {
    let scripts = [
        "tests/integration/sdk/run.sh",
        "tests/integration/webhooks/check",
    ];
    scripts.iter().try_fold(true, |all_pass, script| {
        let passed = passes(Command::new("sh").arg(script).current_dir(root()))?;
        let word = if passed { "ok" } else { "FAILED" };
        say(format!("{script} ... {word}"));
        Ok(all_pass && passed)
    })
}

/// The runtime and the clients with each combination of features that changes what is compiled.
fn features() -> Result<bool> {
    each_compiles(&["", "rustls", "blocking", "schemars", "webhook"])
}

/// The TLS of the operating system: every crate compiles with it, alone and together with the other
/// features, and the tests of TLS pass.
fn native_tls(tally: &mut Tally) -> Result<bool> {
    match NativeTls::here() {
        NativeTls::Available => {}
        NativeTls::LeftOut(reason) => {
            say(format!("native TLS ... left out: {reason}"));
            return Ok(true);
        }
        NativeTls::Missing(reason) => {
            say(format!("native TLS ... FAILED: {reason}"));
            return Ok(false);
        }
    }
    let compiles = each_compiles(&["native-tls", "native-tls,rustls,blocking,schemars,webhook"])?;
    let mut command = cargo();
    command.args([
        "test",
        "--package",
        "stripe-financial-connections-integration",
    ]);
    command.args(["--features", "stripe-client-runtime/native-tls"]);
    command.args(["--test", "it", "client::tls"]);
    Ok(counted(&mut command, tally)? && compiles)
}

/// Each crate by itself: built together, one would switch on what another forgot to forward.
fn each_compiles(combinations: &[&str]) -> Result<bool> {
    let all = combinations
        .iter()
        .flat_map(|features| WITH_FEATURES.map(|package| (*features, package)));
    all.into_iter()
        .try_fold(true, |all_pass, (features, package)| {
            let mut command = cargo();
            command.args(["clippy", "--quiet", "--package", package]);
            command.args(["--no-default-features", "--features", features]);
            let passed = passes(command.args(["--", "--deny", "warnings"]))?;
            let word = if passed { "ok" } else { "FAILED" };
            say(format!("features [{features}] of {package} ... {word}"));
            Ok(all_pass && passed)
        })
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
