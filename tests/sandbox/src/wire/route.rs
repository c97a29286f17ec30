//! Routing: the operation of a method and a path.

use axum::http::Method;
use percent_encoding::percent_decode_str;

use crate::api::Operation;

/// The target of a request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Route {
    /// An operation of the document, with the id of its path.
    Operation(Operation, String),
    /// `GET /v1/events`
    Events,
    /// `GET /v1/events/{id}`
    Event(String),
    /// `GET /v2/core/events/{id}`
    CoreEvent(String),
}

impl Route {
    /// Finds the route of a decoded path; `None` for an address that the API does not know, and for
    /// a wrong method, which the API does not distinguish.
    pub(crate) fn find(method: &Method, path: &str, legacy: bool) -> Option<Self> {
        let path = legacy_path(path, legacy);
        let actual: Vec<&str> = path.split('/').collect();
        for operation in Operation::ALL {
            if operation.method() == *method
                && let Some(id) = matched(operation.path(), &actual)
            {
                return Some(Self::Operation(operation, id?));
            }
        }
        match actual.as_slice() {
            ["", "v1", "events"] if method == Method::GET => Some(Self::Events),
            ["", "v1", "events", id] if method == Method::GET && !id.is_empty() => {
                Some(Self::Event((*id).to_owned()))
            }
            ["", "v2", "core", "events", id] if method == Method::GET && !id.is_empty() => {
                Some(Self::CoreEvent((*id).to_owned()))
            }
            _ => None,
        }
    }

    /// The id in the path.
    pub(crate) fn id(&self) -> Option<&str> {
        match self {
            Self::Operation(_, id) | Self::Event(id) | Self::CoreEvent(id) => Some(id),
            Self::Events => None,
        }
    }

    pub(crate) const fn operation(&self) -> Option<Operation> {
        match self {
            Self::Operation(operation, _) => Some(*operation),
            Self::Events | Self::Event(_) | Self::CoreEvent(_) => None,
        }
    }
}

/// Whether a path has the shape of a template; if so, the id in it, and `None` where that id is
/// empty or not UTF-8.
fn matched(template: &str, actual: &[&str]) -> Option<Option<String>> {
    let mut id = Some(String::new());
    let mut wanted = template.split('/');
    for segment in actual {
        let wanted = wanted.next()?;
        if wanted.starts_with('{') {
            id = percent_decode_str(segment)
                .decode_utf8()
                .ok()
                .filter(|id| !id.is_empty())
                .map(std::borrow::Cow::into_owned);
        } else if wanted != *segment {
            return None;
        }
    }
    wanted.next().is_none().then_some(id)
}

/// Rewrites the paths of before 2022, if they are switched on.
fn legacy_path(path: &str, legacy: bool) -> String {
    if legacy {
        for (old, new) in [
            ("/v1/linked_accounts", Operation::AccountsList.path()),
            (
                "/v1/link_account_sessions",
                Operation::SessionsCreate.path(),
            ),
        ] {
            if let Some(rest) = path.strip_prefix(old)
                && (rest.is_empty() || rest.starts_with('/'))
            {
                return format!("{new}{rest}");
            }
        }
    }
    path.to_owned()
}
