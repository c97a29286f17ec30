//! The workspace's commands. What transforms documents is in `codegen`; here are files, arguments
//! and output.

mod bench;
mod drift;
mod gate;
mod paths;
mod progress;
mod regen;
mod report;
mod run;
mod sandbox;
mod slice;
mod trim;
mod write;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use report::Outcome;

/// The workspace's commands.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    Trim(trim::Arguments),
    Regen(regen::Arguments),
    Slice(slice::Arguments),
    Drift(drift::Arguments),
    Sandbox(sandbox::Arguments),
    Gate(gate::Arguments),
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error).into(),
    };
    let outcome = match arguments.command {
        Some(Command::Trim(arguments)) => trim::run(&arguments),
        Some(Command::Regen(arguments)) => regen::run(&arguments),
        Some(Command::Slice(arguments)) => slice::run(&arguments),
        Some(Command::Drift(arguments)) => drift::run(&arguments),
        Some(Command::Sandbox(arguments)) => sandbox::run(&arguments),
        Some(Command::Gate(arguments)) => gate::run(&arguments),
        Some(Command::Bench(arguments)) => bench::run(&arguments),
        None => help(),
    };
    outcome
        .unwrap_or_else(|error| report::failure(&error))
        .into()
}

fn help() -> anyhow::Result<Outcome> {
    Arguments::command().print_help()?;
    Ok(Outcome::Done)
}

/// Help that was asked for, or a mistake in the arguments. Clap's own exit code for the latter would
/// read as `drift`'s for a breaking change.
fn usage(error: &clap::Error) -> Outcome {
    let _ = error.print();
    if error.use_stderr() {
        Outcome::Refused
    } else {
        Outcome::Done
    }
}
