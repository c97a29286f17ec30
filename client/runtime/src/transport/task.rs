//! A spawned task that is aborted on drop.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::runtime::{Handle, Id};
use tokio::task::JoinHandle;

use crate::error::Error;

/// A task that is aborted on drop. It gives nothing when its runtime shuts down.
pub(crate) struct Task<T> {
    handle: JoinHandle<Result<T, Error>>,
    runtime: Id,
}

impl<T: Send + 'static> Task<T> {
    pub(crate) fn new(
        runtime: &Handle,
        work: impl Future<Output = Result<T, Error>> + Send + 'static,
    ) -> Self {
        Self {
            handle: runtime.spawn(work),
            runtime: runtime.id(),
        }
    }
}

impl<T> Task<T> {
    /// The runtime that it makes progress on.
    pub(crate) fn runtime(&self) -> Id {
        self.runtime
    }
}

impl<T> Future for Task<T> {
    type Output = Option<Result<T, Error>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.handle)
            .poll(context)
            .map(|joined| match joined {
                Ok(result) => Some(result),
                Err(error) => match error.try_into_panic() {
                    Ok(panic) => std::panic::resume_unwind(panic),
                    Err(_) => None,
                },
            })
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.handle.abort();
    }
}
