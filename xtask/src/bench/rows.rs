//! What is measured by running, and how well it must do.

use std::fmt;

use anyhow::Result;

use super::contest::{Contest, Contestant, Cost, Task};
use super::ratio::{Ratio, median};

/// Rows that are measured together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Group {
    Retrieve,
    Refresh,
    Concurrent,
    Decode,
    List,
    Work,
    Memory,
    Build,
}

impl Group {
    pub(super) const ALL: &[Self] = &[
        Self::Retrieve,
        Self::Refresh,
        Self::Concurrent,
        Self::Decode,
        Self::List,
        Self::Work,
        Self::Memory,
        Self::Build,
    ];
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&format!("{self:?}").to_lowercase())
    }
}

/// What a ratio must be.
#[derive(Clone, Copy)]
pub(super) enum Bar {
    AtMost(f64),
    AtLeast(f64),
    /// The difference, where a ratio says little.
    More(f64),
}

/// One line of the table.
pub(super) struct Row {
    pub(super) what: String,
    pub(super) unit: &'static str,
    pub(super) floor: f64,
    pub(super) ours: f64,
    pub(super) ratio: Ratio,
    pub(super) peer: Option<f64>,
    pub(super) bar: Bar,
}

/// A task in a group, with what of its cost is looked at.
struct Plan {
    what: &'static str,
    task: Task,
    /// How often the task does the thing that is told of, and what that is counted in.
    per: usize,
    /// The counts of the runs of which instructions are counted; none are if both are the same.
    counted: [usize; 2],
    cpu: bool,
    wall: bool,
    bar: Bar,
    has_peer: bool,
}

pub(super) fn measure(group: Group, contest: &Contest, pairs: usize) -> Result<Vec<Row>> {
    match group {
        Group::Memory => memory(contest, pairs),
        _ => plan(group).map_or(Ok(Vec::new()), |plan| compare(&plan, contest, pairs)),
    }
}

fn plan(group: Group) -> Option<Plan> {
    let requests = |what, task, count, bar| Plan {
        what,
        task: Task {
            what: task,
            count,
            accounts: 20_000,
            delay: 0,
        },
        per: count,
        counted: [200, 1200],
        cpu: true,
        wall: true,
        bar: Bar::AtMost(bar),
        has_peer: true,
    };
    let list = |what, task| Plan {
        per: 1,
        counted: [2000, 10_000],
        has_peer: false,
        ..requests(what, task, 20_000, 1.10)
    };
    Some(match group {
        Group::Retrieve => requests("retrieve, one at a time", "retrieve", 5000, 1.10),
        Group::Refresh => requests("refresh, one at a time", "refresh", 5000, 1.15),
        Group::Concurrent => Plan {
            cpu: false,
            counted: [0; 2],
            bar: Bar::AtLeast(0.95),
            ..requests("retrieve, 64 at once", "concurrent", 12_800, 0.95)
        },
        Group::Decode => Plan {
            wall: false,
            counted: [2, 22],
            has_peer: false,
            ..requests("decode a page of 100 accounts", "decode", 500, 1.05)
        },
        Group::List => list("list 20,000 accounts", "list"),
        Group::Work => {
            let mut plan = list("the same, 5 ms a page here and 5 ms there", "work");
            plan.task.delay = 5;
            Plan {
                cpu: false,
                counted: [0; 2],
                bar: Bar::AtMost(0.60),
                ..plan
            }
        }
        Group::Memory | Group::Build => return None,
    })
}

fn compare(plan: &Plan, contest: &Contest, pairs: usize) -> Result<Vec<Row>> {
    let has_peer = contest.peers && plan.has_peer;
    let mut rounds = Vec::new();
    for round in 0..pairs {
        let run = |who| contest.run(who, &plan.task);
        // Whoever comes second may find the machine warmer.
        let (floor, ours) = if round % 2 == 0 {
            let ours = run(Contestant::Ours)?;
            (run(Contestant::Floor)?, ours)
        } else {
            (run(Contestant::Floor)?, run(Contestant::Ours)?)
        };
        let peer = has_peer.then(|| run(Contestant::Peer)).transpose()?;
        rounds.push((floor, ours, peer));
    }
    let row = |what: &str, of: fn(&Cost) -> f64| {
        let (scale, unit) = match plan.per {
            1 => (1e3, "ms"),
            per => (1e6 / per as f64, "µs"),
        };
        let rate = matches!(plan.bar, Bar::AtLeast(_));
        let shown = |cost: &Cost| match rate {
            true => plan.per as f64 / of(cost),
            false => of(cost) * scale,
        };
        let ratio = |one: &Cost, floor: &Cost| shown(one) / shown(floor);
        Row {
            what: format!("{}: {what}", plan.what),
            unit: if rate { "/s" } else { unit },
            floor: median(rounds.iter().map(|(floor, ..)| shown(floor))),
            ours: median(rounds.iter().map(|(_, ours, _)| shown(ours))),
            ratio: Ratio::of_pairs(rounds.iter().map(|(floor, ours, _)| ratio(ours, floor))),
            peer: has_peer.then(|| {
                median(
                    rounds
                        .iter()
                        .flat_map(|(floor, _, peer)| peer.as_ref().map(|peer| ratio(peer, floor))),
                )
            }),
            bar: plan.bar,
        }
    };
    let mut rows = Vec::new();
    if plan.cpu {
        rows.push(row("CPU time", |cost| cost.cpu));
    }
    if plan.wall {
        let is_rate = matches!(plan.bar, Bar::AtLeast(_));
        let what = if is_rate { "requests" } else { "wall time" };
        rows.push(row(what, |cost| cost.wall));
    }
    if plan.counted != [0; 2] {
        rows.push(instructions(plan, contest)?);
    }
    Ok(rows)
}

fn instructions(plan: &Plan, contest: &Contest) -> Result<Row> {
    let [short, long] = plan.counted.map(|count| Task {
        count,
        accounts: if plan.per == 1 {
            count
        } else {
            plan.task.accounts
        },
        ..plan.task
    });
    let count = |who| contest.instructions(who, [&short, &long]);
    let (floor, ours) = (count(Contestant::Floor)?, count(Contestant::Ours)?);
    let has_peer = contest.peers && plan.has_peer;
    let peer = has_peer.then(|| count(Contestant::Peer)).transpose()?;
    Ok(Row {
        what: format!("{}: instructions", plan.what),
        unit: "",
        floor,
        ours,
        ratio: Ratio::exact(ours / floor),
        peer: peer.map(|peer| peer / floor),
        bar: plan.bar,
    })
}

/// Ours alone: the more accounts take the place of ours, and the fewer that of the floor.
fn memory(contest: &Contest, pairs: usize) -> Result<Vec<Row>> {
    let peak = |count| -> Result<f64> {
        let task = Task {
            what: "list",
            count,
            accounts: count,
            delay: 0,
        };
        Ok(contest.run(Contestant::Ours, &task)?.peak_kib)
    };
    let rounds: Result<Vec<_>> = (0..pairs)
        .map(|_| Ok((peak(2000)?, peak(20_000)?)))
        .collect();
    let rounds = rounds?;
    Ok(vec![Row {
        what: "peak memory of listing 20,000 over that of listing 2,000".to_owned(),
        unit: "KiB",
        floor: median(rounds.iter().map(|(few, _)| *few)),
        ours: median(rounds.iter().map(|(_, many)| *many)),
        ratio: Ratio::of_pairs(rounds.iter().map(|(few, many)| many / few)),
        peer: None,
        bar: Bar::AtMost(1.05),
    }])
}
