//! `cargo xtask slice`: a slice file to start from.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::paths::{read, shown};
use crate::report::{Outcome, print};

/// Print a slice file with every operation below a path, named by rule.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The upstream document, JSON or YAML
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// The path whose operations to list, such as /v1/customers; / for all of them
    #[arg(long, value_name = "PATH")]
    prefix: String,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let document =
        codegen::parse(&read(&arguments.from)?).with_context(|| shown(&arguments.from))?;
    print(&codegen::suggest(&document, &arguments.prefix)?);
    Ok(Outcome::Done)
}
