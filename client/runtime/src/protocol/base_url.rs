//! Where requests go.

use std::net::IpAddr;

use reqwest::Url;

use crate::invalid::InvalidValue;

/// Printed instead of what is no address of a server, and may be anything.
const NO_SERVER: &str = "[not the URL of a server]";

/// An address to which the key may be sent.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    /// Parsed once: the host, above all, is not looked at again for each request.
    url: Url,
    /// The path, without a slash at the end.
    path: String,
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) is_loopback: bool,
}

impl BaseUrl {
    /// The vendor's address.
    pub(crate) const DEFAULT: &str = "https://api.stripe.com";

    /// Takes an `https` address; plain `http` only to this machine, unless `insecure`.
    pub(crate) fn new(text: &str, insecure: bool) -> Result<Self, InvalidValue> {
        let url = Url::parse(text)
            .map_err(|error| InvalidValue::new(format!("the base URL is not a URL: {error}")))?;
        let Some(host) = url.host_str() else {
            return Err(InvalidValue::new("the base URL names no host"));
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidValue::new(
                "the base URL holds a user name or a password",
            ));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(InvalidValue::new(
                "the base URL holds a query or a fragment",
            ));
        }
        let is_loopback = is_loopback(host);
        match url.scheme() {
            "https" => {}
            "http" if is_loopback || insecure => {}
            "http" => {
                return Err(InvalidValue::new(
                    "the base URL is plain http to another machine, which would send the key in \
                     clear; use https, or `allow_insecure_http` if you are sure",
                ));
            }
            _ => return Err(InvalidValue::new("the base URL is neither https nor http")),
        }
        Ok(Self {
            path: url.path().trim_end_matches('/').to_owned(),
            host: host.to_owned(),
            port: url.port_or_known_default().unwrap_or_default(),
            is_loopback,
            url,
        })
    }

    /// What may be printed of any address, also of one that is refused: no credentials and no query.
    pub(crate) fn printable(text: &str) -> String {
        match Url::parse(text) {
            Ok(mut url) if url.has_host() => {
                url.set_query(None);
                url.set_fragment(None);
                // Neither fails for an address with a host.
                let is_bare = url.set_username("").and(url.set_password(None)).is_ok();
                if is_bare {
                    url.into()
                } else {
                    NO_SERVER.to_owned()
                }
            }
            _ => NO_SERVER.to_owned(),
        }
    }

    /// The address of a path, which begins with a slash.
    pub(crate) fn join(&self, path: &str, query: &str) -> Url {
        let mut url = self.url.clone();
        url.set_path(&[&self.path, path].concat());
        if !query.is_empty() {
            url.set_query(Some(query));
        }
        url
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(text: &str, expected: &str) {
        let error = BaseUrl::new(text, false).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }

    #[test]
    fn plain_http_only_to_this_machine() {
        for good in [
            "https://api.stripe.com",
            "https://proxy.example/stripe/",
            "http://localhost:8420",
            "http://127.0.0.1:1",
            "http://127.9.9.9",
            "http://[::1]:80",
        ] {
            assert!(BaseUrl::new(good, false).is_ok(), "{good}");
        }
        for bad in [
            "http://api.stripe.com",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "http://10.0.0.1",
            "http://0.0.0.0",
        ] {
            refused(bad, "in clear");
            assert!(BaseUrl::new(bad, true).is_ok(), "{bad}");
        }
    }

    #[test]
    fn odd_addresses_are_refused() {
        refused("", "not a URL");
        refused("api.stripe.com", "not a URL");
        refused("ftp://api.stripe.com", "neither https nor http");
        refused("data:text/plain,x", "names no host");
        refused("https://user:secret@api.stripe.com", "user name");
        refused("https://api.stripe.com?x=1", "query");
    }

    #[test]
    fn paths_are_appended() {
        let join = |base: &str, path, query| {
            BaseUrl::new(base, false)
                .unwrap()
                .join(path, query)
                .to_string()
        };
        assert_eq!(
            join("https://api.stripe.com", "/v1/x", ""),
            "https://api.stripe.com/v1/x"
        );
        assert_eq!(
            join("https://p.example/s/", "/v1/x", "a=1"),
            "https://p.example/s/v1/x?a=1"
        );
        assert_eq!(
            join("https://p.example", "/v1/..%2Fx", "a[0]=%20"),
            "https://p.example/v1/..%2Fx?a[0]=%20"
        );
    }
}
