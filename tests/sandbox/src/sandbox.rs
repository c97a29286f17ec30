//! The sandbox handle: started by a builder, stopped by being dropped.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::control::Control;
use crate::server;
use crate::settings::Settings;
use crate::system::Clock;
use crate::traffic::{KeyKind, OnRequest, Recorded};
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
    on_request: Option<OnRequest>,
}

impl std::fmt::Debug for Builder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Builder")
            .field("port", &self.port)
            .field("seed", &self.seed)
            .field("clock", &self.clock)
            .field("settings", &self.settings)
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
    /// When the port is taken, or no thread can be started.
    pub fn start_blocking(self) -> io::Result<Sandbox> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, self.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let mut world = World::new(self.seed, self.settings, self.clock);
        let key = world.make_key(KeyKind::Secret);
        let shared = Arc::new(Shared::new(world, self.on_request));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let serving = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("stripe-financial-connections-sandbox".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    let listener = TcpListener::from_std(listener)?;
                    tokio::select! {
                        served = server::serve(listener, Arc::clone(&serving)) => served,
                        () = deliver::run(serving) => Ok(()),
                        // A message means stop, and so does a dropped sender.
                        _ = stopped => Ok(()),
                    }
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
        std::mem::take(&mut self.shared.world().violations)
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
