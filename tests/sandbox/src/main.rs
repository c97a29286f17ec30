//! The sandbox as a program: `stripe-financial-connections-sandbox --port 4242 --seed 0`.

use std::process::ExitCode;

use stripe_financial_connections_sandbox::{Options, serve};

const USAGE: &str = "\
A stateful local stand-in for Stripe's Financial Connections API.

Usage: stripe-financial-connections-sandbox [--port PORT] [--seed SEED] [--accounts COUNT]

  --port PORT       listen on this port of the loopback address [4242]; 0 for a free one
  --seed SEED       draw ids, names and amounts from this number [0]
  --accounts COUNT  add this many accounts to the ones that it starts with [0]
";

fn main() -> ExitCode {
    match options(std::env::args().skip(1)) {
        Ok(Some(options)) => match serve(options) {
            Ok(never) => match never {},
            Err(error) => fail(&format!("the sandbox could not start: {error}")),
        },
        Ok(None) => {
            print(USAGE);
            ExitCode::SUCCESS
        }
        Err(error) => fail(&format!("{error}\n\n{USAGE}")),
    }
}

/// Reads the arguments; `None` asks for help.
fn options(arguments: impl Iterator<Item = String>) -> Result<Option<Options>, String> {
    let mut options = Options::default();
    let mut arguments = arguments;
    while let Some(name) = arguments.next() {
        if name == "--help" || name == "-h" {
            return Ok(None);
        }
        let value = arguments
            .next()
            .ok_or_else(|| format!("{name} needs a number after it"))?;
        let wrong = |_| format!("{name} needs a number, and got `{value}`");
        match name.as_str() {
            "--port" => options.port = value.parse().map_err(wrong)?,
            "--seed" => options.seed = value.parse().map_err(wrong)?,
            "--accounts" => options.accounts = value.parse().map_err(wrong)?,
            _ => return Err(format!("there is no argument {name}")),
        }
    }
    Ok(Some(options))
}

#[expect(clippy::print_stdout, reason = "a program talks to its user")]
fn print(text: &str) {
    print!("{text}");
}

#[expect(clippy::print_stderr, reason = "a program talks to its user")]
fn fail(text: &str) -> ExitCode {
    eprintln!("{text}");
    ExitCode::FAILURE
}
