//! What one crate says of itself in every request.

use http::HeaderValue;
use http::header::{Entry, HeaderMap, USER_AGENT};

use super::headers::STRIPE_VERSION;

/// The crate that a request comes from, and the version of the API that the crate is made for.
///
/// It goes with the call and not with the client, so that crates made for different versions of the
/// API can share one client. A header that the client or the request sets takes precedence.
#[derive(Debug)]
pub struct Service {
    user_agent: HeaderValue,
    api_version: Option<HeaderValue>,
}

impl Service {
    /// A crate made for a version of the API. `product` is its name and version, such as
    /// `stripe-customers-rust/1.2.0`, and says nothing of the machine that the program runs on.
    ///
    /// # Panics
    ///
    /// If one of the two cannot be the value of a header. In a `static`, compilation fails instead.
    pub const fn new(product: &'static str, api_version: &'static str) -> Self {
        Self {
            user_agent: HeaderValue::from_static(product),
            api_version: Some(HeaderValue::from_static(api_version)),
        }
    }

    /// A crate that is made for no version of the API: the account's default version answers.
    pub(crate) const fn without_version(product: &'static str) -> Self {
        Self {
            user_agent: HeaderValue::from_static(product),
            api_version: None,
        }
    }

    /// Adds the headers of this service, unless they are set.
    pub(crate) fn fill(&self, headers: &mut HeaderMap) {
        if let Entry::Vacant(entry) = headers.entry(USER_AGENT) {
            entry.insert(self.user_agent.clone());
        }
        if let Some(version) = &self.api_version
            && let Entry::Vacant(entry) = headers.entry(STRIPE_VERSION)
        {
            entry.insert(version.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static SERVICE: Service = Service::new("stripe-x-rust/1.0.0", "2026-01-01");

    #[test]
    fn headers_that_are_set_take_precedence() {
        let mut headers = HeaderMap::new();
        SERVICE.fill(&mut headers);
        assert_eq!(headers[USER_AGENT], "stripe-x-rust/1.0.0");
        assert_eq!(headers[STRIPE_VERSION], "2026-01-01");

        headers.insert(STRIPE_VERSION, HeaderValue::from_static("2020-08-27"));
        headers.insert(USER_AGENT, HeaderValue::from_static("shop/2"));
        SERVICE.fill(&mut headers);
        assert_eq!(headers[USER_AGENT], "shop/2");
        assert_eq!(headers[STRIPE_VERSION], "2020-08-27");
    }

    #[test]
    fn without_a_version_none_is_sent() {
        let mut headers = HeaderMap::new();
        Service::without_version("x/1").fill(&mut headers);
        assert_eq!(headers.len(), 1);
    }
}
