//! Web pages of somebody else, in the browser of whoever runs a sandbox.

use reqwest::Method;
use stripe_financial_connections_sandbox::Sandbox;

use crate::support::http::{Reply, get, request};

/// Every way in: the API, the control surface, and addresses that are neither.
const PATHS: [(&str, &str); 9] = [
    ("GET", "/v1/financial_connections/accounts"),
    ("POST", "/v1/financial_connections/sessions"),
    ("GET", "/v1/events"),
    ("POST", "/v1/webhook_endpoints"),
    ("GET", "/nowhere"),
    ("GET", "/_sandbox"),
    ("GET", "/_sandbox/requests"),
    ("POST", "/_sandbox/accounts"),
    ("POST", "/_sandbox/webhook_endpoints"),
];

async fn send(sandbox: &Sandbox, (method, path): (&str, &str), headers: &[(&str, &str)]) -> Reply {
    let mut sent = request(
        sandbox,
        Method::from_bytes(method.as_bytes()).unwrap(),
        path,
    );
    if method == "POST" {
        sent = sent.body("url=http%3A%2F%2F127.0.0.1%3A9%2F&enabled_events[]=*");
    }
    for (name, value) in headers {
        sent = sent.header(name, value);
    }
    sent.send().await
}

#[tokio::test]
async fn a_foreign_page_and_a_rebound_name_get_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    for headers in [
        [("host", "evil.example"), ("accept", "*/*")],
        [("host", "localhost.evil.example:4242"), ("accept", "*/*")],
        [("origin", "https://evil.example"), ("accept", "*/*")],
        [("origin", "null"), ("content-type", "text/plain")],
        [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "no-cors"),
        ],
    ] {
        for path in PATHS {
            let reply = send(&sandbox, path, &headers).await;
            assert_eq!(reply.status, 403, "{path:?} {headers:?}");
            assert_eq!(reply.error().1, "invalid_request_error");
            assert!(reply.header("request-id").unwrap().starts_with("req_"));
            assert_eq!(reply.header("access-control-allow-origin"), None);
        }
    }
    assert_eq!(sandbox.control().webhook_endpoints(), []);
    assert_eq!(sandbox.control().accounts(), []);
}

#[tokio::test]
async fn a_page_of_this_machine_may_ask_and_read() {
    let sandbox = Sandbox::start().await.unwrap();
    let origin = "http://localhost:3000";
    let reply = get(&sandbox, "/accounts").header("origin", origin);
    let reply = reply.send().await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("access-control-allow-origin"), Some(origin));
    let wanted = "authorization,content-type";
    for path in ["/v1/financial_connections/sessions", "/_sandbox/accounts"] {
        let preflight = request(&sandbox, Method::OPTIONS, path)
            .without("authorization")
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", wanted);
        let reply = preflight.send().await;
        assert_eq!(reply.status, 204, "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), Some(origin));
        assert_eq!(reply.header("access-control-allow-headers"), Some(wanted));
        let methods = reply.header("access-control-allow-methods").unwrap();
        assert!(methods.contains("POST"), "{methods}");
    }
}

#[tokio::test]
async fn names_and_origins_can_be_allowed() {
    let sandbox = Sandbox::builder()
        .allow_host("sandbox")
        .allow_origin("https://app.example")
        .start()
        .await
        .unwrap();
    let status = async |name: &str, value: &str| {
        let reply = get(&sandbox, "/accounts").header(name, value);
        reply.send().await.status
    };
    assert_eq!(status("host", "sandbox:4242").await, 200);
    assert_eq!(status("host", "other:4242").await, 403);
    assert_eq!(status("origin", "https://app.example").await, 200);
    assert_eq!(status("origin", "https://other.example").await, 403);
}

#[tokio::test]
async fn keys_and_secrets_are_not_in_the_log() {
    let sandbox = Sandbox::start().await.unwrap();
    let key = "sk_test_4eC39HqLyjWDarjtT1zdp7dc";
    let basic = "Basic c2tfdGVzdF80ZUMzOUhxTHlqV0Rhcmp0VDF6ZHA3ZGM6";
    for header in [format!("Bearer {key}"), basic.to_owned()] {
        let sent = get(&sandbox, &format!("/accounts?key={key}"));
        let sent = sent.header("authorization", &header).header("x-key", key);
        let sent = sent.header("cookie", "session=0123456789abcdef");
        sent.body(key).send().await;
    }
    let log = request(&sandbox, Method::GET, "/_sandbox/requests");
    let log = log.ok().await.to_string();
    assert!(log.contains("/v1/financial_connections/accounts"), "{log}");
    for secret in ["HqLyjWDarjt", "c2tfdGVz", "0123456789abcdef"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
    let recorded = format!("{:?}", sandbox.control().requests());
    assert!(!recorded.contains("HqLyjWDarjt"), "{recorded}");
}
