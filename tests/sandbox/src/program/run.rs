//! The sandbox as a program: seeded, with a running clock, and a log line for each request.

use std::convert::Infallible;
use std::io;

use super::table::table;
use crate::sandbox::Sandbox;
use crate::system::Clock;
use crate::traffic::Recorded;

/// The arguments of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The port; 0 for a free one.
    pub port: u16,
    /// The seed of ids, names and amounts.
    pub seed: u64,
    /// The number of accounts to add to the default ones.
    pub accounts: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 4242,
            seed: 0,
            accounts: 0,
        }
    }
}

/// Runs the sandbox until the process ends: prints its accounts and its address, and then a line
/// for each request.
///
/// # Errors
///
/// When the port is taken, or no thread can be started.
#[expect(clippy::print_stdout, reason = "a program talks to its user")]
pub fn serve(options: Options) -> io::Result<Infallible> {
    let sandbox = Sandbox::builder()
        .port(options.port)
        .seed(options.seed)
        .clock(Clock::system())
        .on_request(|request| println!("{}", line(request)))
        .start_blocking()?;
    let control = sandbox.control();
    control.seed_default();
    print!("{}", table(&control.accounts()));
    if options.accounts > 0 {
        let before = resident_bytes();
        control.seed_accounts(options.accounts);
        println!("and {} accounts more", options.accounts);
        if let (Some(before), Some(after)) = (before, resident_bytes()) {
            let each = after.saturating_sub(before) / options.accounts;
            println!("{each} bytes of memory for each of them");
        }
    }
    println!("key {}", sandbox.key());
    println!("control {}/_sandbox", sandbox.base_url());
    println!("listening on {}", sandbox.base_url());
    loop {
        std::thread::park();
    }
}

/// Resident memory of the process, on Linux.
fn resident_bytes() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: usize = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1_024)
}

/// The log line of a request. Queries and bodies are left out: they may contain personal data.
fn line(request: &Recorded) -> String {
    let status = match request.status {
        Some(status) => status.to_string(),
        None => "reset".to_owned(),
    };
    let mut line = format!(
        "{:<4} {} {status} {}",
        request.method, request.path, request.request_id
    );
    if let Some(key) = &request.idempotency_key {
        line.push_str(" key=");
        line.push_str(key);
    }
    if request.replayed {
        line.push_str(" replayed");
    }
    if request.faulted {
        line.push_str(" fault");
    }
    if let Some(violation) = &request.violation {
        line.push_str("\nthe sandbox is wrong: ");
        line.push_str(violation);
    }
    line
}
