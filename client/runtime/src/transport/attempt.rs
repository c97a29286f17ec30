//! One attempt: a request goes out, and whatever comes back is kept.

use http::{HeaderMap, StatusCode};

use super::body::Body;
use super::classify::{classify, ends_connection};
use crate::client::{Pool, Reused};
use crate::error::TransportCause;
use crate::retry::Fault;

/// What one attempt gave. Parts that did not come are empty.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    pub(crate) fault: Option<Fault>,
    pub(crate) cause: Option<TransportCause>,
    /// The connection that ended before a response began, if it had been used before.
    pub(crate) stale: Option<Reused>,
}

impl Outcome {
    pub(crate) fn is_success(&self) -> bool {
        self.fault.is_none() && self.status.is_some_and(|status| status.is_success())
    }

    /// Whether the server may have carried the request out. The table in
    /// [`policy`](crate::retry) says why.
    pub(crate) fn maybe_executed(&self) -> bool {
        match (self.fault, self.status.map(|status| status.as_u16())) {
            (Some(Fault::Connect | Fault::Certificate | Fault::Address), _) => false,
            (_, Some(402 | 408 | 409 | 424 | 499)) => true,
            (_, Some(400..=499)) => false,
            _ => true,
        }
    }

    fn fail(&mut self, fault: Fault, error: reqwest::Error) {
        self.fault = Some(fault);
        self.cause = Some(TransportCause::new(error));
    }
}

/// Sends the request and reads the answer into `outcome`, part by part, so that what has come is
/// still there when the time runs out.
pub(crate) async fn attempt(
    pool: &Pool,
    request: reqwest::Request,
    max_body: usize,
    outcome: &mut Outcome,
) {
    let mut response = match pool.send(request).await {
        Ok(response) => response,
        Err((error, reused)) => {
            let fault = classify(&error);
            let is_over = fault == Fault::Interrupted && ends_connection(&error);
            outcome.stale = reused.filter(|_| is_over);
            return outcome.fail(fault, error);
        }
    };
    outcome.status = Some(response.status());
    outcome.headers = std::mem::take(response.headers_mut());
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                if !outcome.body.push(chunk, max_body) {
                    outcome.fault = Some(Fault::TooLarge);
                    break;
                }
            }
            Ok(None) => break,
            Err(error) => {
                outcome.fail(Fault::Interrupted, error);
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_refusal_is_certainly_not_carried_out() {
        let status = |code| Outcome {
            status: StatusCode::from_u16(code).ok(),
            ..Outcome::default()
        };
        for code in [400, 401, 403, 404, 422, 425, 429] {
            assert!(!status(code).maybe_executed(), "{code}");
        }
        for code in [200, 302, 402, 408, 409, 424, 500, 503] {
            assert!(status(code).maybe_executed(), "{code}");
        }
        for (fault, expected) in [
            (Fault::Connect, false),
            (Fault::Certificate, false),
            (Fault::Address, false),
            (Fault::Timeout, true),
            (Fault::Interrupted, true),
            (Fault::TooLarge, true),
        ] {
            let outcome = Outcome {
                fault: Some(fault),
                ..Outcome::default()
            };
            assert_eq!(outcome.maybe_executed(), expected, "{fault:?}");
        }
    }
}
