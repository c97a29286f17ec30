//! One attempt: a request goes out, and whatever comes back is kept.

use std::error::Error as StdError;
use std::io;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};

use crate::error::TransportCause;
use crate::retry::Fault;

/// What one attempt gave. Parts that did not come are empty.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) fault: Option<Fault>,
    pub(crate) cause: Option<TransportCause>,
}

impl Outcome {
    pub(crate) fn is_success(&self) -> bool {
        self.fault.is_none() && self.status.is_some_and(|status| status.is_success())
    }

    /// Whether the server may have carried the request out.
    pub(crate) fn maybe_executed(&self) -> bool {
        match (self.fault, self.status.map(|status| status.as_u16())) {
            (Some(Fault::Connect | Fault::Certificate | Fault::Address), _) => false,
            // Time-outs at the server and conflicts say nothing of what was done before them.
            (_, Some(408 | 409 | 424 | 499)) => true,
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
    http: &reqwest::Client,
    request: reqwest::Request,
    max_body: usize,
    outcome: &mut Outcome,
) {
    let mut response = match http.execute(request).await {
        Ok(response) => response,
        Err(error) => return outcome.fail(classify(&error), error),
    };
    outcome.status = Some(response.status());
    outcome.headers = std::mem::take(response.headers_mut());

    let mut rest = BytesMut::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                if outcome.body.len() + rest.len() + chunk.len() > max_body {
                    outcome.fault = Some(Fault::TooLarge);
                    break;
                }
                // A body of one chunk, which most are, is taken as it is.
                if outcome.body.is_empty() && rest.is_empty() {
                    outcome.body = chunk;
                } else {
                    rest.extend_from_slice(&std::mem::take(&mut outcome.body));
                    rest.extend_from_slice(&chunk);
                }
            }
            Ok(None) => break,
            Err(error) => {
                outcome.fail(Fault::Interrupted, error);
                break;
            }
        }
    }
    if !rest.is_empty() {
        outcome.body = rest.freeze();
    }
}

fn classify(error: &reqwest::Error) -> Fault {
    if error.is_builder() {
        Fault::Address
    } else if !error.is_connect() {
        Fault::Interrupted
    } else if is_tls(error) {
        Fault::Certificate
    } else {
        Fault::Connect
    }
}

/// Whether the connection failed because of what the server said, and not because of the network.
///
/// Both TLS libraries report a refused certificate as invalid data or in an error of their own,
/// which this library cannot name; what they have in common is the word.
fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        let io = error.downcast_ref::<io::Error>();
        let is_invalid_data = io.is_some_and(|error| error.kind() == io::ErrorKind::InvalidData);
        if is_invalid_data || error.to_string().contains("certificate") {
            return true;
        }
        // An I/O error that wraps another has that one's source for its own, and so hides it.
        next = match io.and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tls_faults_are_told_from_network_faults() {
        assert!(is_tls(&io::Error::new(
            io::ErrorKind::InvalidData,
            "bad record"
        )));
        assert!(is_tls(&io::Error::other("the certificate has expired")));
        assert!(is_tls(&io::Error::other(io::Error::new(
            io::ErrorKind::InvalidData,
            "bad record"
        ))));
        assert!(!is_tls(&io::Error::from(io::ErrorKind::ConnectionRefused)));
        assert!(!is_tls(&io::Error::from(io::ErrorKind::UnexpectedEof)));
    }

    #[test]
    fn only_a_refusal_is_certainly_not_carried_out() {
        let status = |code| Outcome {
            status: StatusCode::from_u16(code).ok(),
            ..Outcome::default()
        };
        for code in [400, 401, 402, 403, 404, 422, 429] {
            assert!(!status(code).maybe_executed(), "{code}");
        }
        for code in [200, 302, 408, 409, 424, 500, 503] {
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
