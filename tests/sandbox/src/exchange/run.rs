//! One request, from its bytes to the bytes of its response: the order of all steps.

use std::sync::Arc;

use axum::http::StatusCode;

use super::admission::Admission;
use super::context::Exchange;
use super::parse::Parsed;
use crate::api::Document;
use crate::errors::ApiError;
use crate::system::clock;
use crate::traffic::{Entry, Fault, Outcome, Reply, Stage, Target};
use crate::wire::{Answer, Cut, Incoming, Route};
use crate::world::Shared;

/// Executes a request.
pub(crate) async fn answer(shared: &Arc<Shared>, incoming: Incoming) -> Answer {
    let mut exchange = begin(shared, incoming);
    let fault = shared.world().faults.take(&exchange.target());
    exchange.outcome.faulted = fault.is_some();
    let early = fault.as_ref().filter(|fault| fault.stage == Stage::Before);
    let answer = match early {
        Some(fault) if fault.reply != Reply::Own => {
            pause(fault).await;
            let body = Vec::from(b"{\"object\": \"list\"}");
            let own = exchange.plain(StatusCode::OK, body);
            exchange.disturb(fault, own)
        }
        _ => {
            let answer = exchange.run(shared, fault.as_ref()).await;
            match &fault {
                Some(fault) => exchange.disturb(fault, answer),
                None => answer,
            }
        }
    };
    finish(shared, exchange, &answer);
    answer
}

/// Rejects a request that never reaches the API, and logs it like any other.
pub(crate) fn refuse(shared: &Arc<Shared>, incoming: Incoming, error: &ApiError) -> Answer {
    let exchange = begin(shared, incoming);
    let answer = exchange.failed(error);
    finish(shared, exchange, &answer);
    answer
}

/// Logs the request.
fn begin(shared: &Shared, incoming: Incoming) -> Exchange {
    let (settings, platform, now) = {
        let world = shared.world();
        let settings = Arc::clone(&world.settings);
        (settings, world.platform().account, world.clock.now())
    };
    let route = Route::find(&incoming.method, &incoming.path, settings.legacy_paths);
    let operation = route.as_ref().and_then(Route::operation);
    let request_id = shared.request_id();
    let entry = Entry::new(&incoming, operation, &request_id, now);
    let number = shared.log().begin(entry);
    Exchange {
        number,
        request_id,
        platform,
        settings,
        now,
        version: Document::get().version().to_owned(),
        caller: None,
        route,
        incoming,
        outcome: Outcome::default(),
    }
}

fn finish(shared: &Shared, exchange: Exchange, answer: &Answer) {
    let mut outcome = exchange.outcome;
    if answer.cut != Some(Cut::BeforeHeaders) {
        outcome.status = Some(answer.status.as_u16());
    }
    let entry = shared.log().end(exchange.number, outcome);
    let stirred = !shared.world().outbox.is_empty();
    if stirred {
        shared.stirred.notify_one();
    }
    if let (Some(tell), Some(entry)) = (&shared.on_request, entry) {
        tell(&entry.show());
    }
}

async fn pause(fault: &Fault) {
    if !fault.delay.is_zero() {
        clock::wait(fault.delay).await;
    }
    if let Some(gate) = &fault.hold {
        gate.pass().await;
    }
}

impl Exchange {
    /// What a fault can ask of this request.
    fn target(&self) -> Target<'_> {
        let route = self.route.as_ref();
        let id = route.and_then(Route::id);
        let header = self.incoming.headers.get("stripe-account");
        let header = header.and_then(|header| header.to_str().ok());
        let query = self.incoming.query.split('&');
        let queried = query.filter_map(|pair| pair.strip_prefix("account="));
        Target {
            operation: route.and_then(Route::operation),
            path: &self.incoming.path,
            accounts: id.into_iter().chain(header).chain(queried).collect(),
        }
    }

    /// Checks, executes and renders.
    async fn run(&mut self, shared: &Shared, fault: Option<&Fault>) -> Answer {
        let Some(route) = self.route.clone() else {
            return self.failed(&self.unrecognized());
        };
        let parsed = Parsed::of(&self.incoming, &route, &self.settings);
        let admission = self.admit(&mut shared.world(), route, parsed);
        // In flight: the idempotency key is reserved, and nothing is executed yet.
        if let Some(fault) = fault {
            pause(fault).await;
        }
        match admission {
            Err(error) => self.failed(&error),
            Ok(Admission::Replay(stored, key)) => {
                self.outcome.replayed = true;
                self.replayed(stored, &key)
            }
            Ok(Admission::Execute(admitted)) => {
                let broken = fault
                    .filter(|fault| fault.stage == Stage::During)
                    .and_then(Fault::error_reply);
                self.execute(shared, *admitted, broken)
            }
        }
    }
}
