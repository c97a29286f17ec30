//! One request, from its bytes to the bytes of its response: the order of all steps.

use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode};

use super::admission::Admission;
use super::context::Exchange;
use crate::api::Document;
use crate::system::clock;
use crate::traffic::{Fault, Recorded, Reply, Stage};
use crate::wire::{Answer, Cut, Incoming, Route};
use crate::world::Shared;

/// Executes a request.
pub(crate) async fn answer(shared: &Arc<Shared>, incoming: Incoming) -> Answer {
    let (mut exchange, fault) = begin(shared, incoming);
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
    finish(shared, &exchange, &answer, fault.is_some());
    answer
}

/// Records the request and takes the fault that applies to it.
fn begin(shared: &Shared, incoming: Incoming) -> (Exchange, Option<Fault>) {
    let mut world = shared.world();
    let route = Route::find(
        &incoming.method,
        &incoming.path,
        world.settings.legacy_paths,
    );
    let operation = route.as_ref().and_then(Route::operation);
    let request_id = world.request_ids.id("req_", 14);
    let header = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into();
    let number = world.log.begin(Recorded {
        number: 0,
        method: incoming.method.to_string(),
        path: incoming.path.clone(),
        query: incoming.query.clone(),
        headers: incoming
            .headers
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), header(value)))
            .collect(),
        body: incoming.body.clone(),
        operation,
        idempotency_key: incoming.headers.get("idempotency-key").map(header),
        request_id: request_id.clone(),
        status: None,
        effect: false,
        replayed: false,
        faulted: false,
        violation: None,
        looked_at: 0,
    });
    let fault = world.faults.take(operation);
    let exchange = Exchange {
        number,
        request_id,
        platform: world.platform().account,
        now: world.clock.now(),
        version: Document::get().version().to_owned(),
        caller: None,
        route,
        incoming,
    };
    (exchange, fault)
}

fn finish(shared: &Shared, exchange: &Exchange, answer: &Answer, faulted: bool) {
    let mut world = shared.world();
    let Some(entry) = world.log.entry(exchange.number) else {
        return;
    };
    entry.faulted = faulted;
    if answer.cut != Some(Cut::BeforeHeaders) {
        entry.status = Some(answer.status.as_u16());
    }
    let entry = shared.on_request.as_ref().map(|_| entry.clone());
    let stirred = !world.outbox.is_empty();
    drop(world);
    if stirred {
        shared.stirred.notify_one();
    }
    if let (Some(tell), Some(entry)) = (&shared.on_request, entry) {
        tell(&entry);
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
    /// Checks, executes and renders.
    async fn run(&mut self, shared: &Shared, fault: Option<&Fault>) -> Answer {
        let admission = self.admit(&mut shared.world());
        // In flight: the idempotency key is reserved, and nothing is executed yet.
        if let Some(fault) = fault {
            pause(fault).await;
        }
        match admission {
            Err(error) => self.failed(&error),
            Ok(Admission::Replay(stored, key)) => {
                if let Some(entry) = shared.world().log.entry(self.number) {
                    entry.replayed = true;
                }
                self.replayed(stored, &key)
            }
            Ok(Admission::Execute(admitted)) => {
                let broken = fault
                    .filter(|fault| fault.stage == Stage::During)
                    .and_then(Fault::error_reply);
                self.execute(&mut shared.world(), *admitted, broken)
            }
        }
    }
}
