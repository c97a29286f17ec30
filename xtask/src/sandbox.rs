//! `cargo xtask sandbox`: the local stand-in for the API, as a process of its own.

use anyhow::Result;

use crate::report::Outcome;
use crate::run::cargo;

/// Run the local sandbox of the API until it is interrupted; its own arguments follow.
#[derive(clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Arguments {
    /// The arguments of the sandbox, which `--help` lists
    #[arg(
        value_name = "ARGUMENTS",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    arguments: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut command = cargo();
    command.args([
        "run",
        "--quiet",
        "--package",
        "stripe-financial-connections-sandbox",
        "--",
    ]);
    let status = command.args(&arguments.arguments).status()?;
    Ok(if status.success() {
        Outcome::Done
    } else {
        Outcome::Different
    })
}
