//! `cargo xtask bench`: what this library costs over code written by hand.
//!
//! The programs that are measured are in `xtask/bench`, a workspace of its own. Each runs against a
//! local server whose answers are prepared; contestants take turns, so that a noisy machine is as
//! noisy for either, and the ratio of each pair counts.

mod build;
mod contest;
mod ratio;
mod rows;
mod table;

use anyhow::Result;

use crate::report::{Outcome, say, warn};
use contest::Contest;
use rows::Group;
use table::Table;

/// Measure this library against code written by hand
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Fail where a ratio is more than 5 % worse than in the committed table
    #[arg(long)]
    check: bool,
    /// Measure async-stripe as well, which takes minutes to build
    #[arg(long)]
    peers: bool,
    /// Measure these alone, and leave the committed table as it is
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Group>,
    /// How many pairs of runs each ratio is the median of
    #[arg(long, value_name = "N", default_value_t = 11)]
    pairs: usize,
    /// How many pairs of clean builds
    #[arg(long, value_name = "N", default_value_t = 3)]
    builds: usize,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let groups = match arguments.only.as_slice() {
        [] => Group::ALL,
        only => only,
    };
    let contest = Contest::prepare(arguments.peers)?;
    let mut rows = Vec::new();
    for group in groups {
        say(format!("── {group}"));
        let measured = match group {
            Group::Build => build::rows(&contest, arguments.builds)?,
            _ => rows::measure(*group, &contest, arguments.pairs)?,
        };
        measured.iter().for_each(|row| say(row.line()));
        rows.extend(measured);
    }
    let table = Table::of(&rows)?;
    say(format!("── all\n{}", table.text()));
    if arguments.check {
        let worse = table.worse_than_committed(&rows)?;
        worse.iter().for_each(warn);
        return Ok(if worse.is_empty() {
            Outcome::Done
        } else {
            Outcome::Different
        });
    }
    if arguments.only.is_empty() {
        table.write()?;
    }
    Ok(Outcome::Done)
}
