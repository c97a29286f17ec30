//! Whether an attempt opened a connection, or ran on one that was open before.

use std::cell::Cell;
use std::future::Future;
use std::task::{Context, Poll};

use tower_layer::Layer;
use tower_service::Service;

tokio::task_local! {
    /// Whether the attempt that is being polled has asked for a connection.
    static CONNECTS: Cell<bool>;
}

/// Runs an attempt, and tells whether it asked for a connection: the HTTP library does so within the
/// attempt that needs one, and says of no response on which connection it came.
///
/// An attempt may ask for one and then take another that has become free meanwhile. It then counts as
/// one on a new connection.
pub(super) async fn watch<F: Future>(attempt: F) -> (F::Output, bool) {
    let watched = async {
        let output = attempt.await;
        (output, CONNECTS.with(Cell::get))
    };
    CONNECTS.scope(Cell::new(false), watched).await
}

/// Notes every connection that is asked for.
#[derive(Clone)]
pub(super) struct NoteConnects;

#[derive(Clone)]
pub(super) struct Noted<S>(S);

impl<S> Layer<S> for NoteConnects {
    type Service = Noted<S>;

    fn layer(&self, connector: S) -> Noted<S> {
        Noted(connector)
    }
}

impl<S: Service<R>, R> Service<R> for Noted<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, target: R) -> S::Future {
        // Outside of an attempt there is nothing to note.
        let _ = CONNECTS.try_with(|connects| connects.set(true));
        self.0.call(target)
    }
}
