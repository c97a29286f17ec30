//! One request, from its bytes to the bytes of its answer: the order of all checks.

use std::sync::Arc;

use axum::http::StatusCode;

use crate::admission::{Admission, Admitted};
use crate::auth::Caller;
use crate::calls;
use crate::clock;
use crate::document::Document;
use crate::errors::ApiError;
use crate::faults::{Fault, Reply, Stage};
use crate::idempotency::Stored;
use crate::log::Recorded;
use crate::message::{Answer, Cut, Incoming};
use crate::route::Route;
use crate::shared::Shared;
use crate::validate;
use crate::work::Cause;
use crate::world::World;

/// What is known of a request while it is answered.
pub(crate) struct Exchange {
    pub(crate) incoming: Incoming,
    pub(crate) number: u64,
    pub(crate) request_id: String,
    pub(crate) platform: String,
    pub(crate) now: i64,
    pub(crate) version: String,
    pub(crate) caller: Option<Caller>,
    pub(crate) route: Option<Route>,
}

/// Answers a request.
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

/// Records the request and finds the fault that is meant for it.
fn begin(shared: &Shared, incoming: Incoming) -> (Exchange, Option<Fault>) {
    let mut world = shared.world();
    let route = Route::find(
        &incoming.method,
        &incoming.path,
        world.settings.legacy_paths,
    );
    let operation = route.as_ref().and_then(Route::operation);
    let request_id = world.request_ids.id("req_", 14);
    let header = |value: &axum::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into();
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
        // In flight: the idempotency key is taken, and nothing is executed yet.
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

    fn execute(&self, world: &mut World, admitted: Admitted, broken: Option<ApiError>) -> Answer {
        let Admitted {
            route,
            caller,
            params,
            key,
        } = admitted;
        let cause = route
            .operation()
            .filter(|operation| operation.writes())
            .map(|_| Cause {
                request: self.request_id.clone(),
                idempotency_key: key.clone(),
            });
        let (result, looked_at) = match broken {
            Some(error) => (Err(error), 0),
            None => calls::call(world, &caller.tenant, cause, &route, &params, &self.version),
        };
        let result = result.map_err(|error| calls::explain_mode(world, &caller.tenant, error));
        let success = result.is_ok();
        let (status, body, extra) = match result {
            Ok(body) => (StatusCode::OK, body, Vec::new()),
            Err(error) => (error.status, error.body(&self.log_url()), error.headers),
        };
        let violation = route
            .operation()
            .and_then(|operation| validate::violation(operation, success, &body));
        let (status, body) = match violation {
            None => (status, body),
            Some(violation) => {
                let error = ApiError::internal(format!("The sandbox is wrong: {violation}"));
                if let Some(entry) = world.log.entry(self.number) {
                    entry.violation = Some(violation.clone());
                }
                world.violations.push(violation);
                (error.status, error.body(&self.log_url()))
            }
        };
        let body = body.to_string().into_bytes();
        if let Some(entry) = world.log.entry(self.number) {
            entry.effect = success && status.is_success();
            entry.looked_at = looked_at;
        }
        let mut answer = self.plain(status, body.clone());
        for (name, value) in extra {
            answer.set(name, value);
        }
        if let Some(key) = key {
            answer.set("original-request", &*self.request_id);
            answer.set("idempotency-key", key.as_str());
            if !answer.has("stripe-should-retry") {
                answer.set("stripe-should-retry", "false");
            }
            let stored = Stored {
                status,
                body,
                request_id: self.request_id.clone(),
            };
            world.kept.complete(&caller.tenant, &key, stored);
        }
        answer
    }

    fn failed(&self, error: &ApiError) -> Answer {
        let body = error.body(&self.log_url()).to_string().into_bytes();
        let mut answer = self.plain(error.status, body);
        for (name, value) in &error.headers {
            answer.set(name, value.as_str());
        }
        answer
    }

    fn replayed(&self, stored: Stored, key: &str) -> Answer {
        let mut answer = self.plain(stored.status, stored.body);
        answer.set("idempotent-replayed", "true");
        answer.set("original-request", stored.request_id);
        answer.set("idempotency-key", key);
        answer.set("stripe-should-retry", "false");
        answer
    }

    /// An answer with the headers that every answer has.
    fn plain(&self, status: StatusCode, body: Vec<u8>) -> Answer {
        let mut answer = Answer {
            status,
            headers: Vec::new(),
            body,
            cut: None,
        };
        for (name, value) in [
            ("access-control-allow-credentials", "true"),
            (
                "access-control-allow-methods",
                "GET, HEAD, PUT, PATCH, POST, DELETE",
            ),
            ("access-control-allow-origin", "*"),
            (
                "access-control-expose-headers",
                "Request-Id, Stripe-Manage-Version, Stripe-Should-Retry",
            ),
            ("cache-control", "no-cache, no-store"),
            ("content-type", "application/json"),
            ("request-id", &self.request_id),
            ("server", "nginx"),
            ("stripe-version", &self.version),
            ("vary", "Origin"),
        ] {
            answer.set(name, value);
        }
        if let Some(account) = self
            .caller
            .as_ref()
            .and_then(|caller| caller.account_header.as_deref())
        {
            answer.set("stripe-account", account);
        }
        answer
    }

    /// What a fault makes of an answer.
    fn disturb(&self, fault: &Fault, own: Answer) -> Answer {
        let mut answer = match &fault.reply {
            Reply::Own => own,
            Reply::Error { .. } => match fault.error_reply() {
                // During: the error is the answer already, with the headers of an execution.
                Some(_) if fault.stage == Stage::During => own,
                Some(error) => self.failed(&error),
                None => own,
            },
            Reply::Raw {
                status,
                content_type,
                body,
            } => {
                let status =
                    StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                let mut answer = self.plain(status, body.clone());
                answer.set("content-type", content_type.as_str());
                answer
            }
            Reply::Truncated => {
                let mut answer = own;
                answer.body.truncate(answer.body.len() / 2);
                answer
            }
            Reply::Reset => Answer {
                cut: Some(Cut::BeforeHeaders),
                ..own
            },
            Reply::ResetInBody => Answer {
                cut: Some(Cut::InBody(own.body.len() / 2)),
                ..own
            },
        };
        for (name, value) in &fault.headers {
            answer.set(name, value.as_str());
        }
        answer
    }

    fn log_url(&self) -> String {
        let account = self
            .caller
            .as_ref()
            .map_or(&self.platform, |caller| &caller.tenant.account);
        let mode = match &self.caller {
            Some(caller) if caller.tenant.livemode => "",
            _ => "/test",
        };
        format!(
            "https://dashboard.stripe.com/{account}{mode}/workbench/logs?object={}",
            self.request_id
        )
    }
}
