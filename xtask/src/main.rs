//! The workspace's commands. What transforms documents is in `codegen`; here are files, arguments
//! and output.

mod drift;
mod gate;
mod paths;
mod progress;
mod regen;
mod report;
mod run;
mod sandbox;
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
    Drift(drift::Arguments),
    Sandbox(sandbox::Arguments),
    Gate(gate::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Some(Command::Trim(arguments)) => trim::run(&arguments),
        Some(Command::Regen(arguments)) => regen::run(&arguments),
        Some(Command::Drift(arguments)) => drift::run(&arguments),
        Some(Command::Sandbox(arguments)) => sandbox::run(&arguments),
        Some(Command::Gate(arguments)) => gate::run(&arguments),
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
