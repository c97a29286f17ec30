//! The scenarios that are played.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use stripe_financial_connections::{Clock, SystemClock};
use tokio::runtime::Builder;

use super::act::{self, Act};
use super::call::{self, Call};
use super::certificate::is_child;
use super::scenario::{Counts, Scenario};
use super::server::Protocol;

/// How many random scripts are played unless a time is set.
const SCRIPTS: u64 = 100;

fn play(scenario: &Scenario) -> Counts {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let played = catch_unwind(AssertUnwindSafe(|| runtime.block_on(scenario.play())));
    played.unwrap_or_else(|panic| {
        say(&format!("violated by {scenario:?}"));
        std::panic::resume_unwind(panic)
    })
}

/// Seeds and counts are for whoever runs the suite.
fn say(line: &str) {
    println!("{line}");
}

#[test]
fn every_act_over_http_1() {
    if is_child("suite::every_act_over_http_1") {
        every_act(Protocol::Http1);
    }
}

#[test]
fn every_act_over_http_2() {
    if is_child("suite::every_act_over_http_2") {
        every_act(Protocol::Http2);
    }
}

/// Each act meets each call: once, on a connection that was used before, and for as long as the call
/// lasts.
fn every_act(protocol: Protocol) {
    let mut counts = Counts::default();
    for act in act::all() {
        for call in call::ALL {
            // What codes differ in is not a matter of the call.
            if call != Call::Disconnect && matches!(act, Act::ResetStream { code: 1.., .. }) {
                continue;
            }
            for (script, calls) in [
                (vec![act], vec![call]),
                (vec![Act::Answer, act], vec![Call::Retrieve, call]),
                (vec![act; 50], vec![call]),
            ] {
                let scenario = Scenario {
                    protocol,
                    script,
                    calls,
                };
                counts.add(play(&scenario));
            }
        }
    }
    say(&format!("{counts:?}"));
    // The acts are such that each case occurs, or what is checked would prove little.
    assert!(counts.succeeded > 300 && counts.failed > 50, "{counts:?}");
    assert!(
        counts.rejected > 5 && counts.rejected < counts.failed,
        "{counts:?}"
    );
}

#[test]
fn random_scripts() {
    if !is_child("suite::random_scripts") {
        return;
    }
    let number = |name| Some(std::env::var(name).ok()?.parse().unwrap());
    let mut counts = Counts::default();
    if let Some(seed) = number("ADVERSARY_SEED") {
        counts.add(play(&Scenario::random(seed)));
    } else if let Some(minutes) = number("ADVERSARY_MINUTES") {
        let started = SystemClock.now();
        let time = Duration::from_secs(60 * minutes);
        let first = SystemClock
            .system_time()
            .duration_since(std::time::UNIX_EPOCH);
        let mut seed = u64::from(first.unwrap().subsec_nanos()) << 32;
        while SystemClock.now() - started < time {
            counts.add(checked(seed));
            if counts.scenarios % 100 == 0 {
                say(&format!("up to seed {seed}: {counts:?}"));
            }
            seed += 1;
        }
    } else {
        (0..SCRIPTS).for_each(|seed| counts.add(checked(seed)));
    }
    say(&format!("{counts:?}"));
}

fn checked(seed: u64) -> Counts {
    let played = catch_unwind(|| play(&Scenario::random(seed)));
    played.unwrap_or_else(|panic| {
        say(&format!("seed {seed}"));
        std::panic::resume_unwind(panic)
    })
}
