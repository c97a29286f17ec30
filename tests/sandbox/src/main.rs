//! The sandbox as a program: `stripe-financial-connections-sandbox --port 4242`.

use std::process::ExitCode;

use clap::Parser;
use stripe_financial_connections_sandbox::{Options, serve};

fn main() -> ExitCode {
    match serve(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&format!("the sandbox could not run: {error}")),
    }
}

#[expect(clippy::print_stderr, reason = "a program talks to its user")]
fn fail(text: &str) -> ExitCode {
    eprintln!("{text}");
    ExitCode::FAILURE
}
