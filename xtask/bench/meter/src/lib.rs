//! What one run of a contestant costs, as the kernel counts it. Needs Linux.

use std::fs;
use std::time::Instant;

/// What is asked of a contestant: `load WHAT BASE_URL COUNT`.
pub struct Task {
    pub what: String,
    /// Where the server is. Its path tells the server how many accounts there are, and how long a
    /// page takes.
    pub base: String,
    /// How many requests, decodings or accounts.
    pub count: usize,
}

impl Task {
    pub fn from_arguments() -> Self {
        let mut arguments = std::env::args().skip(1);
        let mut next = || arguments.next().expect("load WHAT BASE_URL COUNT");
        Self {
            what: next(),
            base: next(),
            count: next().parse().expect("a number"),
        }
    }
}

/// Measures from `start` to `finish`.
pub struct Meter {
    started: Instant,
    cpu: u64,
}

impl Meter {
    pub fn start() -> Self {
        Self {
            cpu: cpu_nanoseconds(),
            started: Instant::now(),
        }
    }

    /// Prints wall nanoseconds, CPU nanoseconds, and the peak of the memory in KiB.
    pub fn finish(self) {
        let wall = self.started.elapsed().as_nanos();
        let cpu = cpu_nanoseconds() - self.cpu;
        println!("{wall} {cpu} {}", peak_kib());
    }
}

/// The CPU time of all threads. Finer than `getrusage`, which some kernels count in ticks.
fn cpu_nanoseconds() -> u64 {
    let threads = fs::read_dir("/proc/self/task").expect("Linux's /proc");
    threads
        .map(|thread| {
            let path = thread.expect("a thread").path().join("schedstat");
            let text = fs::read_to_string(path).expect("a kernel with schedstat");
            let spent = text.split(' ').next().expect("three numbers");
            spent.parse::<u64>().expect("a number")
        })
        .sum()
}

fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux's /proc");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.expect("VmHWM").parse().expect("a number")
}
