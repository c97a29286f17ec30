//! Faults as JSON.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::http::{HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::Operation;
use crate::errors::{ControlError, ControlResult};
use crate::limits::DELAY;
use crate::traffic::{DEFAULT_MESSAGE, Fault, Reply, Stage};

/// What goes wrong, with which requests.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FaultBody {
    /// Only this operation.
    operation: Option<Operation>,
    /// Only this path; a `*` in it stands for anything.
    path: Option<String>,
    /// Only requests about this account, or of this connected account of Stripe.
    account: Option<String>,
    /// With this probability for each request.
    #[schema(minimum = 0, maximum = 1)]
    probability: Option<f64>,
    /// How many requests pass first.
    #[serde(default)]
    skip: u32,
    /// How many requests it is for; otherwise one.
    times: Option<u32>,
    /// How far the request gets.
    stage: Option<Stage>,
    /// A delay before it, in milliseconds.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 600_000)]
    delay_ms: u64,
    /// Headers of the response.
    #[serde(default)]
    headers: BTreeMap<String, String>,
    /// What is sent; otherwise the request's own response.
    reply: Option<ReplyBody>,
}

/// What is sent in place of the response.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(
    untagged,
    expecting = "there is no reply like this: it is own, truncated, reset, reset_in_body, or an object \
                 with a status from 200 to 599 and either code and message, or content_type and body"
)]
enum ReplyBody {
    /// One without fields.
    Word(ReplyWord),
    /// A response.
    Answer(AnswerBody),
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ReplyWord {
    Own,
    Truncated,
    Reset,
    ResetInBody,
}

/// A response: an error of the API, or, with a body, anything.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AnswerBody {
    /// Otherwise 500.
    #[schema(minimum = 200, maximum = 599)]
    status: Option<u16>,
    code: Option<String>,
    message: Option<String>,
    /// Otherwise `text/html`.
    content_type: Option<String>,
    body: Option<String>,
}

impl FaultBody {
    pub(super) fn read(self) -> ControlResult<Fault> {
        let reply = match self.reply {
            None | Some(ReplyBody::Word(ReplyWord::Own)) => Reply::Own,
            Some(ReplyBody::Word(ReplyWord::Truncated)) => Reply::Truncated,
            Some(ReplyBody::Word(ReplyWord::Reset)) => Reply::Reset,
            Some(ReplyBody::Word(ReplyWord::ResetInBody)) => Reply::ResetInBody,
            Some(ReplyBody::Answer(answer)) => answer.read()?,
        };
        // Half a response, or a late one, belongs to a request that took effect.
        let stage = match reply {
            Reply::Own | Reply::Truncated | Reply::ResetInBody => Stage::After,
            Reply::Raw { .. } | Reply::Error { .. } | Reply::Reset => Stage::Before,
        };
        let probability = self.probability.unwrap_or(1.0);
        if !(0.0..=1.0).contains(&probability) {
            return Err(ControlError::new("`probability` must be from 0 to 1"));
        }
        let delay = Duration::from_millis(self.delay_ms);
        if delay > DELAY {
            return Err(ControlError::new(format!(
                "`delay_ms` may be {}",
                DELAY.as_millis()
            )));
        }
        let mut fault = Fault::new(reply);
        fault.operation = self.operation;
        fault.path = self.path;
        fault.account = self.account;
        fault.probability = probability;
        fault.stage = self.stage.unwrap_or(stage);
        fault.skip = self.skip;
        fault.times = self.times.unwrap_or(1);
        fault.delay = delay;
        for (name, value) in self.headers {
            let sendable = HeaderName::try_from(&name).is_ok() && sendable(&value);
            if !sendable {
                return Err(ControlError::new(format!(
                    "the header `{name}` cannot be sent"
                )));
            }
            fault = fault.header(name.to_ascii_lowercase(), value);
        }
        Ok(fault)
    }

    pub(super) fn show(fault: &Fault) -> Self {
        let reply = match &fault.reply {
            Reply::Own => ReplyBody::Word(ReplyWord::Own),
            Reply::Truncated => ReplyBody::Word(ReplyWord::Truncated),
            Reply::Reset => ReplyBody::Word(ReplyWord::Reset),
            Reply::ResetInBody => ReplyBody::Word(ReplyWord::ResetInBody),
            Reply::Raw {
                status,
                content_type,
                body,
            } => ReplyBody::Answer(AnswerBody {
                status: Some(*status),
                code: None,
                message: None,
                content_type: Some(content_type.clone()),
                body: Some(String::from_utf8_lossy(body).into_owned()),
            }),
            Reply::Error {
                status,
                code,
                message,
            } => ReplyBody::Answer(AnswerBody {
                status: Some(*status),
                code: code.clone(),
                message: Some(message.clone()),
                content_type: None,
                body: None,
            }),
        };
        Self {
            operation: fault.operation,
            path: fault.path.clone(),
            account: fault.account.clone(),
            probability: Some(fault.probability),
            skip: fault.skip,
            times: Some(fault.times),
            stage: Some(fault.stage),
            delay_ms: u64::try_from(fault.delay.as_millis()).unwrap_or(u64::MAX),
            headers: fault.headers.iter().cloned().collect(),
            reply: Some(reply),
        }
    }
}

impl AnswerBody {
    fn read(self) -> ControlResult<Reply> {
        let status = self.status.unwrap_or(500);
        if !(200..600).contains(&status) {
            return Err(ControlError::new(format!(
                "`status` must be from 200 to 599, and is {status}"
            )));
        }
        match self.body {
            Some(body) => {
                if self.code.is_some() || self.message.is_some() {
                    return Err(ControlError::new(
                        "a reply has either a body, or a code and a message",
                    ));
                }
                let content_type = self.content_type.unwrap_or_else(|| "text/html".to_owned());
                if !sendable(&content_type) {
                    return Err(ControlError::new("`content_type` cannot be sent"));
                }
                Ok(Reply::Raw {
                    status,
                    content_type,
                    body: body.into_bytes(),
                })
            }
            None if self.content_type.is_some() => {
                Err(ControlError::new("a content_type goes with a body"))
            }
            None => Ok(Reply::Error {
                status,
                code: self.code,
                message: self.message.unwrap_or_else(|| DEFAULT_MESSAGE.to_owned()),
            }),
        }
    }
}

fn sendable(value: &str) -> bool {
    HeaderValue::try_from(value).is_ok()
}
