//! Who may ask: programs of this machine, and the web pages that it serves itself.
//!
//! Any key is accepted, so a key protects nothing. A web page of somebody else reaches a local
//! server through the browser of whoever visits it: the browser names the page in `Origin`, and the
//! server as the page knows it in `Host`, even where that name was rebound to this machine.

use std::net::IpAddr;

use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};

use crate::errors::ApiError;

/// The names that the sandbox answers to, and the origins of the pages that may ask.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guard {
    /// Besides the loopback names.
    pub(crate) hosts: Vec<String>,
    /// Besides those of loopback names.
    pub(crate) origins: Vec<String>,
}

impl Guard {
    /// Checks a request, whatever its path. Gives the origin of the page that sent it, if one did.
    pub(super) fn check(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<Option<HeaderValue>, ApiError> {
        self.check_host(uri, headers)?;
        let mut origins = headers.get_all(header::ORIGIN).iter();
        let origin = origins.next();
        if origins.next().is_some() {
            return Err(forbidden("A request has one Origin.".to_owned()));
        }
        match origin {
            Some(origin) if self.admits_origin(origin) => Ok(Some(origin.clone())),
            Some(origin) => Err(forbidden(format!(
                "Pages of {} may not use this sandbox. Start it with --allow-origin to let them.",
                String::from_utf8_lossy(origin.as_bytes())
            ))),
            None if foreign_embed(method, headers) => Err(forbidden(
                "Pages of other sites may not use this sandbox.".to_owned(),
            )),
            None => Ok(None),
        }
    }

    fn check_host(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), ApiError> {
        let named = headers.get_all(header::HOST).iter();
        let mut hosts: Vec<Option<Authority>> = named
            .map(|host| host.to_str().ok().and_then(|host| host.parse().ok()))
            .collect();
        hosts.extend(uri.authority().map(|authority| Some(authority.clone())));
        if hosts.is_empty() {
            return Err(ApiError::invalid("The request lacks its Host header."));
        }
        for host in hosts {
            let admitted = host.as_ref().is_some_and(|host| self.admits_host(host));
            if !admitted {
                let host = host.map(|host| host.to_string()).unwrap_or_default();
                return Err(forbidden(format!(
                    "This sandbox is not called `{host}`. It answers to localhost, and, with \
                     --allow-host, to other names."
                )));
            }
        }
        Ok(())
    }

    fn admits_host(&self, authority: &Authority) -> bool {
        let host = authority.host();
        let plain = !authority.as_str().contains('@');
        plain && (is_loopback(host) || self.hosts.iter().any(|known| same_name(known, host)))
    }

    fn admits_origin(&self, origin: &HeaderValue) -> bool {
        let Ok(origin) = origin.to_str() else {
            return false;
        };
        let listed = self.origins.iter().any(|known| {
            let known = known.trim_end_matches('/');
            known == "*" || known.eq_ignore_ascii_case(origin)
        });
        listed || from_loopback(origin)
    }
}

fn from_loopback(origin: &str) -> bool {
    let rest = origin.split_once("://").and_then(|(scheme, rest)| {
        let web = scheme == "http" || scheme == "https";
        web.then_some(rest)
    });
    let authority = rest.and_then(|rest| rest.parse::<Authority>().ok());
    authority.is_some_and(|of| !of.as_str().contains('@') && is_loopback(of.host()))
}

fn same_name(one: &str, other: &str) -> bool {
    let bare = |name: &str| name.trim_end_matches('.').to_ascii_lowercase();
    bare(one) == bare(other)
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse::<IpAddr>();
    address.is_ok_and(|address| address.is_loopback()) || same_name(host, "localhost")
}

/// Whether another site's page embeds this address, as an image or a script: such requests have no
/// origin. A link that its reader follows is none.
fn foreign_embed(method: &Method, headers: &HeaderMap) -> bool {
    let says = |name: &str, value: &str| headers.get(name).is_some_and(|given| given == value);
    let follows_link = method == Method::GET && says("sec-fetch-mode", "navigate");
    says("sec-fetch-site", "cross-site") && !follows_link
}

fn forbidden(why: String) -> ApiError {
    ApiError {
        status: StatusCode::FORBIDDEN,
        ..ApiError::invalid(why)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, Method, Uri};

    use super::Guard;

    fn passes(guard: &Guard, uri: &str, headers: &[(&str, &str)]) -> bool {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap()))
            .collect();
        let uri: Uri = uri.parse().unwrap();
        guard.check(&Method::GET, &uri, &headers).is_ok()
    }

    #[test]
    fn only_loopback_names_and_those_allowed_are_answered_to() {
        let guard = Guard::default();
        let allowing = Guard {
            hosts: vec!["Sandbox.test".to_owned()],
            origins: Vec::new(),
        };
        for (host, default, allowed) in [
            ("localhost", true, true),
            ("LOCALHOST.:4242", true, true),
            ("127.0.0.1:80", true, true),
            ("127.9.9.9", true, true),
            ("[::1]:4242", true, true),
            ("sandbox.test:4242", false, true),
            ("localhost.evil.example", false, false),
            ("evil.example", false, false),
            ("127.0.0.1.evil.example", false, false),
            ("localhost@evil.example", false, false),
            ("evil.example@localhost", false, false),
            ("10.0.0.1", false, false),
            ("0.0.0.0", false, false),
            ("", false, false),
            ("local host", false, false),
        ] {
            assert_eq!(passes(&guard, "/", &[("host", host)]), default, "{host}");
            assert_eq!(passes(&allowing, "/", &[("host", host)]), allowed, "{host}");
        }
        assert!(!passes(&guard, "/", &[]));
        let both = [("host", "localhost")];
        assert!(!passes(&guard, "http://evil.example/", &both));
        assert!(passes(&guard, "http://localhost/", &both));
    }

    #[test]
    fn only_loopback_pages_and_those_allowed_may_ask() {
        let guard = Guard {
            hosts: Vec::new(),
            origins: vec!["https://app.example/".to_owned()],
        };
        for (origin, passing) in [
            ("http://localhost:3000", true),
            ("https://127.0.0.1", true),
            ("http://[::1]:1", true),
            ("https://app.example", true),
            ("http://app.example", false),
            ("https://app.example.evil.example", false),
            ("http://localhost.evil.example", false),
            ("http://localhost@evil.example", false),
            ("file://localhost", false),
            ("null", false),
            ("", false),
        ] {
            let headers = [("host", "localhost"), ("origin", origin)];
            assert_eq!(passes(&guard, "/", &headers), passing, "{origin}");
        }
    }

    #[test]
    fn what_other_sites_embed_is_refused_and_links_are_not() {
        let of = |mode: &'static str| {
            [
                ("host", "localhost"),
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-mode", mode),
            ]
        };
        assert!(!passes(&Guard::default(), "/", &of("no-cors")));
        assert!(passes(&Guard::default(), "/", &of("navigate")));
    }
}
