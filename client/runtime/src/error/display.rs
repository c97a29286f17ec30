//! How errors are printed: one line, and nothing in it that could be personal data.

use std::error::Error as StdError;
use std::fmt::{self, Write};

use super::Error;
use super::api::ApiError;
use super::plain::Plain;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        if let Some(operation) = inner.operation {
            write!(f, "{operation}: ")?;
        }
        f.write_str(&inner.detail)?;
        let mut facts = Facts { f, open: false };
        facts.add("status", self.status())?;
        let api =
            |field: fn(&ApiError) -> Option<&str>| inner.api.as_ref().and_then(field).map(Plain);
        facts.add("type", api(ApiError::error_type))?;
        facts.add("code", api(ApiError::code))?;
        facts.add("param", api(ApiError::param))?;
        facts.add("at", inner.path.as_deref().map(Plain))?;
        facts.add("request", self.request_id().map(Plain))?;
        facts.add("attempts", (inner.attempts > 1).then_some(inner.attempts))?;
        facts.add("retry budget", inner.retry_budget_empty.then_some("empty"))?;
        facts.close()
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        f.debug_struct("Error")
            .field("kind", &inner.kind)
            .field("detail", &inner.detail)
            .field("operation", &inner.operation)
            .field("status", &self.status())
            .field("api", &inner.api)
            .field(
                "path",
                &inner.path.as_deref().map(|it| Plain(it).to_string()),
            )
            .field(
                "request_id",
                &self.request_id().map(|it| Plain(it).to_string()),
            )
            .field("attempts", &inner.attempts)
            .field("maybe_executed", &inner.maybe_executed)
            .field("retry_after", &inner.retry_after)
            .field("retry_budget_empty", &inner.retry_budget_empty)
            .field("body_bytes", &inner.body.len())
            .field("source", &inner.source)
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&**self.0.source.as_ref()?)
    }
}

/// The list of facts in brackets at the end of the line; without any there are no brackets.
struct Facts<'a, 'b> {
    f: &'a mut fmt::Formatter<'b>,
    open: bool,
}

impl Facts<'_, '_> {
    fn add(&mut self, name: &str, value: Option<impl fmt::Display>) -> fmt::Result {
        let Some(value) = value else { return Ok(()) };
        self.f.write_str(if self.open { ", " } else { " (" })?;
        self.open = true;
        write!(self.f, "{name} {value}")
    }

    fn close(self) -> fmt::Result {
        if self.open {
            self.f.write_char(')')
        } else {
            Ok(())
        }
    }
}
