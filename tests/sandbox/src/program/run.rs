//! The sandbox as a program: seeded, with a running clock, and a log line for each request.

use std::io;

use super::options::Options;
use super::table::table;
use super::{config, lines, signal};
use crate::control::Control;
use crate::sandbox::{Builder, Sandbox};
use crate::system::Clock;
use crate::webhooks::NewEndpoint;

/// Runs the sandbox until the process is told to stop: prints its accounts, its address and what to
/// type next, and then a line for each request and each delivery.
///
/// # Errors
///
/// When the port is taken, no thread can be started, a file cannot be read or written, or an
/// argument is wrong.
#[expect(clippy::print_stdout, reason = "a program talks to its user")]
pub fn serve(options: &Options) -> io::Result<()> {
    // Before anything is started, so that no signal is missed.
    let stopped = signal::Stop::listen()?;
    let sandbox = builder(options)?.start_blocking()?;
    let control = sandbox.control();
    match &options.load {
        Some(path) => {
            let state =
                std::fs::read_to_string(path).map_err(|error| config::wrong(path, &error))?;
            control
                .load(&state)
                .map_err(|error| config::wrong(path, &error))?;
            // What is said on the command line goes before what the state says.
            if let Some(path) = &options.config {
                let given = config::read(path)?;
                control
                    .change_settings(|settings| *settings = given)
                    .map_err(io::Error::other)?;
            }
            if let Some(key) = &options.key {
                control.pin_key(key).map_err(io::Error::other)?;
            }
        }
        None => control.seed_default(),
    }
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
    for url in &options.forward_to {
        forward(&control, url)?;
    }
    control.make_initial();
    greet(options, &sandbox);
    stopped.wait();
    if let Some(path) = &options.save {
        let state = control.save().map_err(io::Error::other)?;
        std::fs::write(path, state).map_err(|error| config::wrong(path, &error))?;
        println!("the state is in {}", path.display());
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a program talks to its user")]
fn builder(options: &Options) -> io::Result<Builder> {
    let settings = match &options.config {
        Some(path) => Some(config::read(path)?),
        None => None,
    };
    let clock = options.frozen.map_or_else(Clock::system, Clock::at);
    let mut builder = Sandbox::builder()
        .port(options.port)
        .host(options.host)
        .seed(options.seed)
        .clock(clock)
        .on_request(|request| println!("{}", lines::request(request)))
        .on_delivery(|delivered| println!("{}", lines::delivery(delivered)));
    if let Some(given) = settings {
        builder = builder.settings(|settings| *settings = given);
    }
    if let Some(key) = &options.key {
        builder = builder.key(key);
    }
    if options.skip_verify {
        builder = builder.skip_verify();
    }
    for name in &options.allow_host {
        builder = builder.allow_host(name);
    }
    for origin in &options.allow_origin {
        builder = builder.allow_origin(origin);
    }
    Ok(builder)
}

/// Delivers every event to an address, those of connected accounts too.
#[expect(clippy::print_stdout, reason = "a program talks to its user")]
fn forward(control: &Control, url: &str) -> io::Result<()> {
    let url = if url.contains("://") {
        url.to_owned()
    } else {
        format!("http://{url}")
    };
    let endpoint = control
        .create_webhook_endpoint(NewEndpoint::new(&url))
        .map_err(io::Error::other)?;
    let connect = NewEndpoint::new(&url).secret(&endpoint.secret).connect();
    control
        .create_webhook_endpoint(connect)
        .map_err(io::Error::other)?;
    println!("events go to {url}, signed with {}", endpoint.secret);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a program talks to its user")]
fn greet(options: &Options, sandbox: &Sandbox) {
    if !options.host.is_loopback() {
        println!(
            "warning: other machines can reach this sandbox at {}, and whoever reaches it can do \
             anything with it",
            options.host
        );
    }
    print!("{}", lines::next(sandbox.key(), sandbox.port()));
    match &options.key {
        Some(_) => println!("key {}", sandbox.key()),
        None => println!("key {}\nor any other test key", sandbox.key()),
    }
    println!("control {}/_sandbox", sandbox.base_url());
    println!("listening on {}", sandbox.base_url());
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
