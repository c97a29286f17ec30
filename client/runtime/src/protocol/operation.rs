//! Operations of the API.

use super::method::Method;
use super::service::Service;

/// An operation of the API: static data, and no policy.
#[derive(Debug)]
pub struct Operation {
    /// The part of the API that it belongs to.
    pub(crate) service: &'static Service,
    /// What users call it, for example `accounts.refresh`. Errors and logs show it.
    pub(crate) name: &'static str,
    /// The method.
    pub(crate) method: Method,
    /// The path, with `{names}` where a path parameter goes. Logs show it and never the path that
    /// was sent, which holds ids.
    pub(crate) path: &'static str,
}

impl Operation {
    /// An operation of a service.
    pub const fn new(
        service: &'static Service,
        name: &'static str,
        method: Method,
        path: &'static str,
    ) -> Self {
        Self {
            service,
            name,
            method,
            path,
        }
    }
}
