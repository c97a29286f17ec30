//! The sandbox handle: started by a builder, stopped by being dropped.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::control::Control;
use crate::server::{self, Guard};
use crate::settings::Settings;
use crate::system::Clock;
use crate::traffic::{KeyKind, OnRequest, Recorded};
use crate::webhooks::{Delivered, OnDelivery, Sender};
use crate::world::{Shared, World, deliver};

/// A running sandbox. It stops when this is dropped.
///
/// It runs on a dedicated thread, so that it serves blocking tests as well as asynchronous ones,
/// and shares nothing with any other sandbox.
///
/// # Panics
///
/// Dropping it panics if the sandbox sent a response that the API's document rules out, so
/// that a mistake of the sandbox fails the test; see [`Sandbox::violations`].
pub struct Sandbox {
    address: SocketAddr,
    key: String,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<io::Result<()>>>,
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Sandbox")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// Configuration of a sandbox.
#[derive(Default)]
pub struct Builder {
    port: u16,
    seed: u64,
    clock: Clock,
    settings: Settings,
    host: Option<IpAddr>,
    key: Option<String>,
    guard: Guard,
    skip_verify: bool,
    on_request: Option<OnRequest>,
    on_delivery: Option<OnDelivery>,
}

impl std::fmt::Debug for Builder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Builder")
            .field("port", &self.port)
            .field("seed", &self.seed)
            .field("clock", &self.clock)
            .field("settings", &self.settings)
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}

impl Builder {
    /// Listens on this port of the loopback address. Otherwise on a free one.
    #[must_use]
    pub const fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Listens on this address. Otherwise on the loopback address, which other machines cannot reach:
    /// the sandbox accepts any key.
    #[must_use]
    pub const fn host(mut self, address: IpAddr) -> Self {
        self.host = Some(address);
        self
    }

    /// Answers to this name as well. Otherwise to `localhost` and loopback addresses, and to the
    /// address that it listens on: a request whose `Host` header is another one is rejected.
    #[must_use]
    pub fn allow_host(mut self, name: impl Into<String>) -> Self {
        self.guard.hosts.push(name.into());
        self
    }

    /// Answers web pages of this origin as well, as in `https://app.example`. Otherwise those of
    /// loopback names.
    #[must_use]
    pub fn allow_origin(mut self, origin: impl Into<String>) -> Self {
        self.guard.origins.push(origin.into());
        self
    }

    /// Accepts this key, and no other. Otherwise any that is well formed.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Draws ids, names and amounts from this seed. Otherwise from 0.
    #[must_use]
    pub const fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Takes the time from this clock. Otherwise from a frozen one.
    #[must_use]
    pub const fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Changes settings.
    #[must_use]
    pub fn settings(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }

    /// Calls this with every request once its response is ready.
    #[must_use]
    pub fn on_request(mut self, tell: impl Fn(&Recorded) + Send + Sync + 'static) -> Self {
        self.on_request = Some(Box::new(tell));
        self
    }

    /// Calls this with every delivery to a webhook endpoint.
    #[must_use]
    pub fn on_delivery(mut self, tell: impl Fn(&Delivered) + Send + Sync + 'static) -> Self {
        self.on_delivery = Some(Box::new(tell));
        self
    }

    /// Delivers to webhook endpoints whose certificate is anybody's, such as one of their own.
    #[must_use]
    pub const fn skip_verify(mut self) -> Self {
        self.skip_verify = true;
        self
    }

    /// Starts the sandbox.
    ///
    /// # Errors
    ///
    /// When the port is taken, or no thread can be started.
    pub async fn start(self) -> io::Result<Sandbox> {
        // Binding to the loopback address does not wait for anything.
        self.start_blocking()
    }

    /// The same, outside asynchronous code.
    ///
    /// # Errors
    ///
    /// When the port is taken, no thread can be started, or a setting is out of its range.
    pub fn start_blocking(self) -> io::Result<Sandbox> {
        self.settings.check().map_err(io::Error::other)?;
        let host = self.host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let listener = std::net::TcpListener::bind((host, self.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let mut guard = self.guard;
        if !host.is_unspecified() {
            guard.hosts.push(host.to_string());
        }
        let mut world = World::new(self.seed, self.settings, self.clock);
        let mut key = world.make_key(KeyKind::Secret);
        if let Some(pinned) = self.key {
            world.pin_key(pinned.clone());
            key = pinned;
        }
        let shared = Arc::new(Shared::new(
            world,
            self.seed,
            self.on_request,
            self.on_delivery,
        ));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            // One caller that keeps a thread busy leaves another to the rest.
            .worker_threads(2)
            .enable_all()
            .build()?;
        let sender = Sender::new(self.skip_verify).map_err(io::Error::other)?;
        let (stop, stopped) = oneshot::channel();
        let serving = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("stripe-financial-connections-sandbox".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    let listener = TcpListener::from_std(listener)?;
                    tokio::select! {
                        () = server::serve(listener, Arc::clone(&serving), guard) => {}
                        () = deliver::run(serving, sender) => {}
                        // A message means stop, and so does a dropped sender.
                        _ = stopped => {}
                    }
                    Ok(())
                })
            })?;
        Ok(Sandbox {
            address,
            key,
            shared,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Sandbox {
    /// Starts an empty sandbox on a free port.
    ///
    /// # Errors
    ///
    /// When no port is free, or no thread can be started.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// A builder with the defaults.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where it listens, as in `http://127.0.0.1:4242`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The port it listens on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.address.port()
    }

    /// A secret key of its platform, in test mode.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The control handle: it does what only the user, the bank or time does with the real API.
    #[must_use]
    pub fn control(&self) -> Control {
        Control::new(Arc::clone(&self.shared))
    }

    /// Mistakes of the sandbox: responses that the API's document rules out, and panics. Taking
    /// them keeps them from failing the test.
    #[must_use]
    pub fn violations(&self) -> Vec<String> {
        self.shared.take_violations()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // The thread only returns what the server returned, which is no longer needed.
            let _ = thread.join();
        }
        let violations = self.violations();
        if !violations.is_empty() && !std::thread::panicking() {
            panic!("the sandbox is wrong:\n{}", violations.join("\n"));
        }
    }
}
