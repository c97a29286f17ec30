//! Whether to send a request again, and when.
//!
//! A request is sent again only if that may help and cannot do harm. It cannot do harm because every
//! POST carries an idempotency key, the same over all its attempts. Whether it may help is decided
//! here, in this order; the first row that fits decides:
//!
//! | # | what happened | decision |
//! |---|---|---|
//! | 1 | the caller's deadline has come | stop |
//! | 2 | a connection that was open before ended before a response began, for the first time in this call | repeat at once, on a new connection: see below |
//! | 3 | redirect; certificate or address refused; body longer than the limit | stop: it will be the same again |
//! | 4 | error status with `Idempotent-Replayed: true` | stop: the stored response comes each time |
//! | 5 | error status with `Stripe-Should-Retry: false` | stop |
//! | 6 | error status with `Stripe-Should-Retry: true` | retry |
//! | 7 | 409: another request is at work on the object | retry |
//! | 8 | 429: nothing has been executed | retry |
//! | 9 | 500 and above | retry |
//! | 10 | no connection; time-out of an attempt; connection broken; body cut short, whatever the status | retry |
//! | 11 | anything else | stop |
//! | 12 | *all retries used up* | stop |
//! | 13 | *`Retry-After` asks for more than a minute* | stop: the caller learns how long |
//! | 14 | *the pause would end after the deadline* | stop now instead of later |
//! | 15 | *the retry budget of the operation, or of all, is empty* | stop: [`Error::is_retry_budget_empty`](crate::Error::is_retry_budget_empty) |
//!
//! Row 2 is no retry: servers close idle connections at any time, also just as one is used again, and
//! that says nothing of the request or of the server's health. The repeat comes without a pause, draws on
//! no budget and happens also when retries are off; at most once a call. It needs to be known that the
//! connection was open before, which takes an HTTP client of this library's own.
//!
//! A body is cut short when the connection says so, and also when it ends within a JSON value: a response
//! without a length ends where the connection does, and HTTP/2 has a way to end a stream early without an
//! error.
//!
//! After row 4 the same key gets the same response for as long as the API keeps it, at least 24 hours.
//! Send the request again with a new key once it is known, by reading the object, that the first one has
//! had no effect.
//!
//! What 4xx statuses mean for a request that may have had an effect
//! ([`Error::maybe_executed`](crate::Error::maybe_executed)). It is the same for all parts of the API,
//! since one client serves them all; the vendor documents the statuses for the API as a whole:
//!
//! | status | in Financial Connections | in other parts, such as payments | may have been executed |
//! |---|---|---|---|
//! | 400, 404, 405, 413, 415, 422 | rejected before it was executed | the same | no |
//! | 401, 403 | key or permission refused | the same | no |
//! | 402 | not documented to occur | the request was valid and was executed, and failed: a charge was declined, and the payment exists with its failed attempt | yes |
//! | 408, 499 | not documented; a proxy gave up waiting | the same | yes |
//! | 409 | another request is at work, with the same key or on the same object | the same | yes: that other request may be an earlier attempt of this one |
//! | 424 | a bank or another system that the API depends on failed | the same; part of the work may have been done | yes |
//! | 425 | not documented; a proxy refused early data | the same | no |
//! | 429 | limited before it was executed, also with the code `lock_timeout` | the same | no |
//!
//! Rows 12 to 15 only take away from what the rows above allow. The pause is a random part of a range
//! that doubles (see [`backoff`](crate::retry::backoff)); `Retry-After` is added to it, so that clients that
//! are told the same time do not come back together, and none comes back before it.
//!
//! Cancellation needs no row: the whole request is one future, and dropping it stops everything.

use std::time::{Duration, SystemTime};

use http::header::{DATE, HeaderMap, RETRY_AFTER};

use crate::protocol::headers::{SHOULD_RETRY, text};

/// A longer `Retry-After` is not waited for.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(60);

/// How an attempt ended, short of an answer that was read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No connection came about.
    Connect,
    /// The server's certificate was refused, or it did not speak TLS.
    Certificate,
    /// The time of the attempt ran out.
    Timeout,
    /// The connection broke, before the answer or within its body.
    Interrupted,
    /// The body is longer than allowed.
    TooLarge,
    /// The HTTP client refuses the address.
    Address,
}

impl Fault {
    /// The name that logs show.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Certificate => "certificate",
            Self::Timeout => "timeout",
            Self::Interrupted => "interrupted",
            Self::TooLarge => "too_large",
            Self::Address => "address",
        }
    }
}

/// All that the decision depends on.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) status: Option<u16>,
    pub(crate) fault: Option<Fault>,
    pub(crate) should_retry: Option<bool>,
    pub(crate) retry_after: Option<Duration>,
    /// Whether the response was stored under the idempotency key.
    pub(crate) is_replayed: bool,
    /// Whether a connection that was open before ended before a response began, for the first time.
    pub(crate) is_stale: bool,
    /// Retries already made.
    pub(crate) retries: u32,
    pub(crate) max_retries: u32,
    /// The pause drawn for the next retry.
    pub(crate) pause: Duration,
    /// The time left until the caller's deadline.
    pub(crate) left: Option<Duration>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// At once, on a new connection, and without counting.
    Repeat,
    Retry {
        after: Duration,
    },
    Stop,
}

/// The table above, but for its last row, which has an effect.
pub(crate) fn decide(facts: &Facts) -> Decision {
    let is_over = facts.left == Some(Duration::ZERO);
    if facts.is_stale && !is_over {
        return Decision::Repeat;
    }
    if is_over || !is_worth_it(facts) || facts.retries >= facts.max_retries {
        return Decision::Stop;
    }
    let asked = facts.retry_after.unwrap_or_default();
    let after = asked.saturating_add(facts.pause);
    if asked > MAX_RETRY_AFTER || facts.left.is_some_and(|left| after >= left) {
        return Decision::Stop;
    }
    Decision::Retry { after }
}

fn is_worth_it(facts: &Facts) -> bool {
    if matches!(
        facts.fault,
        Some(Fault::Certificate | Fault::TooLarge | Fault::Address)
    ) {
        return false;
    }
    match (facts.status, facts.should_retry) {
        (Some(300..=399), _) => false,
        (Some(400..), _) if facts.is_replayed => false,
        (Some(400..), Some(told)) => told,
        (Some(409 | 429 | 500..), None) => true,
        _ => facts.fault.is_some(),
    }
}

/// What the vendor's header says, if it says anything.
pub(crate) fn should_retry(headers: &HeaderMap) -> Option<bool> {
    match text(headers, &SHOULD_RETRY)? {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// `Retry-After`, in seconds or as a date; one that lies in the past is no wait at all.
///
/// A date is that of the server's clock, and so measured against the response's own `Date`: this
/// machine's clock, `now`, may be wrong.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = text(headers, &RETRY_AFTER)?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(value).ok()?;
    let sent = text(headers, &DATE).and_then(|sent| httpdate::parse_http_date(sent.trim()).ok());
    Some(
        until
            .duration_since(sent.unwrap_or(now))
            .unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use http::HeaderValue;

    use super::*;

    const PAUSE: Duration = Duration::from_millis(300);

    fn facts() -> Facts {
        Facts {
            status: None,
            fault: None,
            should_retry: None,
            retry_after: None,
            is_replayed: false,
            is_stale: false,
            retries: 0,
            max_retries: 2,
            pause: PAUSE,
            left: None,
        }
    }

    #[track_caller]
    fn stops(facts: Facts) {
        assert_eq!(decide(&facts), Decision::Stop, "{facts:?}");
    }

    #[track_caller]
    fn retries(facts: Facts, after: Duration) {
        assert_eq!(decide(&facts), Decision::Retry { after }, "{facts:?}");
    }

    fn status(status: u16) -> Facts {
        Facts {
            status: Some(status),
            ..facts()
        }
    }

    fn fault(fault: Fault) -> Facts {
        Facts {
            fault: Some(fault),
            ..facts()
        }
    }

    #[test]
    fn statuses() {
        for code in [409, 429, 500, 501, 502, 503, 504, 599] {
            retries(status(code), PAUSE);
            stops(Facts {
                should_retry: Some(false),
                ..status(code)
            });
        }
        for code in [400, 401, 402, 403, 404, 408, 422, 424] {
            stops(status(code));
            retries(
                Facts {
                    should_retry: Some(true),
                    ..status(code)
                },
                PAUSE,
            );
        }
        for code in [301, 302, 303, 304, 307, 308] {
            stops(Facts {
                should_retry: Some(true),
                ..status(code)
            });
        }
    }

    #[test]
    fn faults() {
        retries(fault(Fault::Connect), PAUSE);
        retries(fault(Fault::Timeout), PAUSE);
        retries(fault(Fault::Interrupted), PAUSE);
        stops(fault(Fault::Certificate));
        stops(fault(Fault::TooLarge));
        stops(fault(Fault::Address));
    }

    #[test]
    fn a_body_cut_short_is_asked_for_again() {
        for code in [200, 400, 503] {
            retries(
                Facts {
                    status: Some(code),
                    ..fault(Fault::Interrupted)
                },
                PAUSE,
            );
        }
        // On a success the header says that there is nothing to retry, which a lost body belies.
        retries(
            Facts {
                should_retry: Some(false),
                status: Some(200),
                ..fault(Fault::Interrupted)
            },
            PAUSE,
        );
        stops(Facts {
            should_retry: Some(false),
            status: Some(400),
            ..fault(Fault::Interrupted)
        });
    }

    #[test]
    fn a_stored_error_is_not_asked_for_again() {
        for code in [400, 409, 429, 500, 503] {
            let replayed = Facts {
                is_replayed: true,
                ..status(code)
            };
            stops(replayed.clone());
            stops(Facts {
                should_retry: Some(true),
                ..replayed
            });
        }
        // A stored success whose body was lost comes whole the next time.
        retries(
            Facts {
                is_replayed: true,
                status: Some(200),
                ..fault(Fault::Interrupted)
            },
            PAUSE,
        );
    }

    #[test]
    fn a_stale_connection_is_no_failure() {
        let stale = Facts {
            is_stale: true,
            max_retries: 0,
            ..fault(Fault::Interrupted)
        };
        assert_eq!(decide(&stale), Decision::Repeat);
        stops(Facts {
            left: Some(Duration::ZERO),
            ..stale.clone()
        });
        // The second time it is one.
        stops(Facts {
            is_stale: false,
            ..stale
        });
    }

    #[test]
    fn a_date_is_measured_against_the_servers_clock() {
        let until = HeaderValue::from_static("Sun, 06 Nov 1994 08:49:39 GMT");
        let mut headers = HeaderMap::from_iter([(RETRY_AFTER, until)]);
        let hour = Duration::from_secs(3600);
        let sent = UNIX_EPOCH + Duration::from_secs(784_111_777);
        headers.insert(DATE, "Sun, 06 Nov 1994 08:49:37 GMT".parse().unwrap());
        for now in [sent - hour, sent, sent + hour] {
            assert_eq!(retry_after(&headers, now), Some(Duration::from_secs(2)));
        }
        headers.insert(DATE, HeaderValue::from_static("today"));
        assert_eq!(
            retry_after(&headers, sent - hour),
            Some(hour + Duration::from_secs(2))
        );
    }

    #[test]
    fn retries_run_out() {
        retries(
            Facts {
                retries: 1,
                ..status(500)
            },
            PAUSE,
        );
        stops(Facts {
            retries: 2,
            ..status(500)
        });
        stops(Facts {
            max_retries: 0,
            ..status(500)
        });
        stops(Facts {
            retries: 2,
            should_retry: Some(true),
            ..status(500)
        });
    }

    #[test]
    fn retry_after_is_added_up_to_a_limit() {
        let asked = |seconds| Facts {
            retry_after: Some(Duration::from_secs(seconds)),
            ..status(429)
        };
        retries(asked(0), PAUSE);
        retries(asked(60), Duration::from_secs(60) + PAUSE);
        stops(asked(61));
        stops(asked(u64::MAX));
    }

    #[test]
    fn the_deadline_comes_first() {
        let left = |left| Facts {
            left: Some(left),
            ..status(500)
        };
        stops(left(Duration::ZERO));
        stops(left(PAUSE));
        retries(left(PAUSE + Duration::from_nanos(1)), PAUSE);
        stops(Facts {
            should_retry: Some(true),
            ..left(Duration::ZERO)
        });
    }

    #[test]
    fn headers_are_read() {
        let now = UNIX_EPOCH + Duration::from_secs(784_111_777);
        let read = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, HeaderValue::from_static(value));
            retry_after(&headers, now)
        };
        assert_eq!(read("7"), Some(Duration::from_secs(7)));
        assert_eq!(read(" 7 "), Some(Duration::from_secs(7)));
        assert_eq!(
            read("Sun, 06 Nov 1994 08:49:39 GMT"),
            Some(Duration::from_secs(2))
        );
        assert_eq!(read("Sun, 06 Nov 1994 08:49:30 GMT"), Some(Duration::ZERO));
        for nonsense in ["", "soon", "-1", "1.5", "99999999999999999999999"] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
        let told = |value: &'static str| {
            should_retry(&HeaderMap::from_iter([(
                SHOULD_RETRY,
                HeaderValue::from_static(value),
            )]))
        };
        assert_eq!(
            [told("true"), told("false"), told("maybe")],
            [Some(true), Some(false), None]
        );
    }
}
