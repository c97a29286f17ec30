//! What the program prints: one line for each request and delivery, and what to type next.

use std::fmt::Write;

use crate::traffic::Recorded;
use crate::webhooks::Delivered;

/// The log line of a request. Queries and bodies are left out: they may contain personal data.
pub(super) fn request(request: &Recorded) -> String {
    let status = match request.status {
        Some(status) => status.to_string(),
        None => "reset".to_owned(),
    };
    let mut line = format!(
        "{:<4} {} {status} {}",
        request.method, request.path, request.request_id
    );
    if let Some(key) = &request.idempotency_key {
        line.push_str(" key=");
        line.push_str(key);
    }
    if request.replayed {
        line.push_str(" replayed");
    }
    if request.faulted {
        line.push_str(" fault");
    }
    if let Some(violation) = &request.violation {
        line.push_str("\nthe sandbox is wrong: ");
        line.push_str(violation);
    }
    line
}

/// The log line of a delivery.
pub(super) fn delivery(delivered: &Delivered) -> String {
    let status = match delivered.status {
        Some(status) => status.to_string(),
        None => "no response".to_owned(),
    };
    let mut line = format!(
        "---> {} {} {status} {}",
        delivered.kind, delivered.event, delivered.url
    );
    if delivered.attempt > 1 || delivered.next_attempt_at.is_some() {
        // Writing into a string does not fail.
        let _ = write!(line, " attempt {}", delivered.attempt);
    }
    if let Some(next) = delivered.next_attempt_at {
        let _ = write!(line, ", the next at {next}");
    }
    line
}

/// What users of curl, Python and Node type next.
pub(super) fn next(key: &str, port: u16) -> String {
    format!(
        "\
curl    curl http://localhost:{port}/v1/financial_connections/accounts -u {key}:
Python  stripe.StripeClient(\"{key}\", base_addresses={{\"api\": \"http://localhost:{port}\"}})
Node    new Stripe(\"{key}\", {{host: \"localhost\", port: {port}, protocol: \"http\"}})
"
    )
}
