//! Use without `async`: `send_blocking()` on every request, and streams as iterators.
//!
//! Requests run on a thread that belongs to this library, and the caller's thread waits. So it works
//! anywhere, within an async runtime too: it blocks that runtime's thread, as any blocking call does,
//! but neither panics nor deadlocks. For the latter, blocking requests have connections of their own;
//! those of async requests make no progress while their runtime is blocked.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::coop::unconstrained;

use super::task::Task;
use crate::error::{Error, Kind};

/// The runtime of all blocking requests. It has one thread, which only moves bytes.
pub(crate) fn runtime() -> Result<&'static Handle, Error> {
    static RUNTIME: OnceLock<Result<Runtime, std::io::ErrorKind>> = OnceLock::new();
    let start = || {
        let mut builder = Builder::new_multi_thread();
        builder
            .worker_threads(1)
            .thread_name("stripe-blocking")
            .enable_all()
            .build()
    };
    match RUNTIME.get_or_init(|| start().map_err(|error| error.kind())) {
        Ok(runtime) => Ok(runtime.handle()),
        Err(kind) => Err(
            Error::usage("the thread of blocking requests cannot be started")
                .with(|inner| inner.source = Some(Box::new(std::io::Error::from(*kind)))),
        ),
    }
}

/// Runs a future on the thread of blocking requests, and waits for it on this one.
pub fn wait<T: Send + 'static>(
    work: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    park_on(Task::new(runtime()?, work)).unwrap_or_else(|| {
        let error = Error::new(Kind::Interrupted, "the runtime is shutting down");
        Err(error.with(|inner| inner.maybe_executed = true))
    })
}

/// Waits for a future that makes progress elsewhere.
///
/// Within a task of an async runtime, tokio would count this wait as work of that task and, once it has
/// done its share, tell it to yield for ever.
pub(crate) fn park_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(unconstrained(future));
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            // May return without reason, which costs one more look.
            Poll::Pending => std::thread::park(),
        }
    }
}
