//! Applying a fault to a response.

use axum::http::StatusCode;

use super::context::Exchange;
use crate::traffic::{Fault, Reply, Stage};
use crate::wire::{Answer, Cut};

impl Exchange {
    /// Applies a fault to a response.
    pub(crate) fn disturb(&self, fault: &Fault, own: Answer) -> Answer {
        let mut answer = match &fault.reply {
            Reply::Own => own,
            Reply::Error { .. } => match fault.error_reply() {
                // During: the error is already the response, with the headers of an execution.
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
}
