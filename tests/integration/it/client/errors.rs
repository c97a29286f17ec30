//! What errors say of themselves: each predicate is true of something and false of something else.

use std::time::Duration;

use serde_json::{Value, json};
use stripe_financial_connections::{Client, Error, Method, SecretKey};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::support::script_server::{Cut, KEY, Reply, ScriptServer, account};

/// The error of a disconnect that the server answers like this.
async fn disconnect(reply: Reply) -> Error {
    let server = ScriptServer::replies([reply]).await;
    server
        .client()
        .accounts()
        .disconnect("fca_1")
        .await
        .unwrap_err()
}

fn request(status: u16, code: Option<&str>) -> Reply {
    Reply::error(status, "invalid_request_error", code)
}

/// An address where nobody listens.
async fn nowhere() -> String {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
        .await
        .unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

/// An address that promises TLS and does not speak it.
async fn no_tls() -> String {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
        .await
        .unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 What?\r\n\r\n").await;
            let _ = stream.read(&mut [0; 1024]).await;
        }
    });
    url
}

fn client(url: String) -> Client {
    let clock = crate::support::script_server::TestClock::new();
    Client::builder(SecretKey::new(KEY).unwrap())
        .base_url(url)
        .clock(clock)
        .build()
        .unwrap()
}

/// One error of each kind.
async fn errors() -> Vec<(&'static str, Error)> {
    let server = ScriptServer::replies([Reply::page([""; 0], true)]).await;
    let small = server.builder().max_body_bytes(10).build().unwrap();
    let tls = client(no_tls().await);
    let refused =
        |code: &str| disconnect(request(400, Some(&format!("financial_connections_{code}"))));
    vec![
        ("usage", small.accounts().retrieve("").await.unwrap_err()),
        (
            "connect",
            client(nowhere().await)
                .accounts()
                .disconnect("fca_1")
                .await
                .unwrap_err(),
        ),
        (
            "certificate",
            tls.accounts().disconnect("fca_1").await.unwrap_err(),
        ),
        (
            "timeout",
            disconnect(Reply::account("fca_1").late(Duration::from_secs(90))).await,
        ),
        (
            "interrupted",
            disconnect(Reply::account("fca_1").cut(Cut::WithinBody)).await,
        ),
        ("too_large", small.accounts().list().await.unwrap_err()),
        (
            "redirect",
            disconnect(Reply::html(307).header("Location", "/x")).await,
        ),
        ("decode", disconnect(Reply::json(200, &json!({}))).await),
        (
            "pagination",
            server
                .client()
                .accounts()
                .list()
                .stream()
                .try_collect()
                .await
                .unwrap_err(),
        ),
        (
            "rate_limited",
            disconnect(request(429, Some("rate_limit"))).await,
        ),
        ("authentication", disconnect(request(401, None)).await),
        ("permission", disconnect(request(403, None)).await),
        (
            "not_found",
            disconnect(request(404, Some("resource_missing"))).await,
        ),
        (
            "invalid_request",
            disconnect(request(400, Some("parameter_unknown"))).await,
        ),
        ("conflict", disconnect(request(409, None)).await),
        (
            "idempotency",
            disconnect(Reply::error(400, "idempotency_error", None)).await,
        ),
        (
            "server_error",
            disconnect(Reply::error(500, "api_error", None)).await,
        ),
        ("account_inactive", refused("account_inactive").await),
        (
            "awaiting_transactions",
            refused("no_successful_transaction_refresh").await,
        ),
    ]
}

type Predicate = (&'static str, fn(&Error) -> bool);

const PREDICATES: [Predicate; 19] = [
    ("usage", Error::is_usage),
    ("connect", Error::is_connect),
    ("certificate", Error::is_certificate),
    ("timeout", Error::is_timeout),
    ("interrupted", Error::is_interrupted),
    ("too_large", Error::is_too_large),
    ("redirect", Error::is_redirect),
    ("decode", Error::is_decode),
    ("pagination", Error::is_pagination),
    ("rate_limited", Error::is_rate_limited),
    ("authentication", Error::is_authentication),
    ("permission", Error::is_permission),
    ("not_found", Error::is_not_found),
    ("invalid_request", Error::is_invalid_request),
    ("conflict", Error::is_conflict),
    ("idempotency", Error::is_idempotency),
    ("server_error", Error::is_server_error),
    ("account_inactive", Error::is_account_inactive),
    ("awaiting_transactions", Error::is_awaiting_transactions),
];

#[tokio::test]
async fn each_predicate_is_true_of_its_own_kind_and_of_no_other() {
    for (kind, error) in errors().await {
        for (name, is) in PREDICATES {
            // Two predicates look at a code, beside the one that looks at the class.
            let by_code = ["account_inactive", "awaiting_transactions"].contains(&kind);
            let expected = name == kind || (by_code && name == "invalid_request");
            assert_eq!(is(&error), expected, "is_{name} of {kind}: {error:?}");
        }
    }
}

#[tokio::test]
async fn a_server_that_cannot_be_trusted_is_not_asked_again() {
    let disconnect = async |url| {
        let client = client(url);
        client.accounts().disconnect("fca_1").await.unwrap_err()
    };
    let error = disconnect(no_tls().await).await;
    assert!(error.is_certificate() && error.attempts() == 1);
    let error = disconnect(nowhere().await).await;
    assert!(error.is_connect() && error.attempts() == 3);
}

#[tokio::test]
async fn whether_it_may_have_been_carried_out() {
    for (kind, error) in errors().await {
        let expected = matches!(
            kind,
            "timeout"
                | "interrupted"
                | "too_large"
                | "redirect"
                | "decode"
                | "pagination"
                | "conflict"
                | "server_error"
        );
        assert_eq!(error.maybe_executed(), expected, "{kind}");
    }
    // One attempt that may have had an effect is enough.
    let server = ScriptServer::replies([
        Reply::account("fca_1").cut(Cut::BeforeAnswer),
        request(400, None),
    ])
    .await;
    let error = server
        .client()
        .accounts()
        .disconnect("fca_1")
        .await
        .unwrap_err();
    assert!(error.is_invalid_request() && error.maybe_executed());
}

#[tokio::test]
async fn display_is_one_line_of_facts() {
    #[track_caller]
    fn check(error: &Error, expected: &str) {
        assert_eq!(error.to_string(), expected);
    }
    let mut reply = request(404, Some("resource_missing"));
    let mut body: Value = serde_json::from_slice(&reply.body).unwrap();
    body["error"]["param"] = "account".into();
    reply.body = body.to_string().into();
    check(
        &disconnect(reply).await,
        "accounts.disconnect: no such object (status 404, type invalid_request_error, \
         code resource_missing, param account, request req_scripted)",
    );
    check(
        &disconnect(Reply::html(503)).await,
        "accounts.disconnect: the server failed (status 503, request req_scripted, attempts 3)",
    );
    check(
        &disconnect(Reply::account("fca_1").cut(Cut::BeforeAnswer)).await,
        "accounts.disconnect: the connection broke (attempts 3)",
    );
    let mut odd = account("fca_1");
    odd["created"] = "yesterday".into();
    let error = disconnect(Reply::json(200, &odd)).await;
    check(
        &error,
        "accounts.disconnect: the answer is not what this operation answers \
         (status 200, at created, request req_scripted)",
    );
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(
        cause.starts_with("found string, expected i64 at line 1 column "),
        "{cause}"
    );
    check(
        &SecretKey::new("").unwrap_err().into(),
        "the API key is empty",
    );
}

#[tokio::test]
async fn the_place_of_a_fault_is_named() {
    #[track_caller]
    fn check(error: &Error, expected: &str) {
        assert!(error.is_decode());
        assert_eq!(error.path(), Some(expected));
    }
    let mut fourth = account("fca_4");
    fourth["balance"] = json!({ "as_of": "x", "current": { "usd": 1 }, "type": "cash" });
    let data = [account("fca_1"), account("fca_2"), account("fca_3"), fourth];
    let list = json!({ "object": "list", "data": data, "has_more": false, "url": "/" });
    let server = ScriptServer::replies([Reply::json(200, &list)]).await;
    let error = server.client().accounts().list().await.unwrap_err();
    check(&error, "data[3].balance.as_of");
    assert_eq!(error.body(), list.to_string().as_bytes());

    let mut lacking = account("fca_2");
    lacking["balance"] = json!({ "current": {}, "type": "cash" });
    let list = json!({ "data": [account("fca_1"), lacking], "has_more": false, "url": "/" });
    let server = ScriptServer::replies([Reply::json(200, &list)]).await;
    check(
        &server.client().accounts().list().await.unwrap_err(),
        "data[1].balance.as_of",
    );
    let error = disconnect(Reply::json(200, &json!([]))).await;
    assert!(error.is_decode() && error.path().is_none(), "{error:?}");

    let mut without = account("fca_1");
    without.as_object_mut().unwrap().remove("institution_name");
    let error = disconnect(Reply::json(200, &without)).await;
    check(&error, "institution_name");
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(
        cause.starts_with("missing field `institution_name`"),
        "{cause}"
    );
}

#[tokio::test]
async fn a_long_body_is_kept_in_part() {
    let error = disconnect(Reply::new(500, "text/plain", vec![b'x'; 100_000])).await;
    assert_eq!(error.body().len(), 64 * 1024);
    let error = disconnect(Reply::new(500, "text/plain", vec![b'x'; 1_000])).await;
    assert_eq!(error.body().len(), 1_000);
}

#[tokio::test]
async fn what_the_api_says_of_an_error_is_kept_whole() {
    let body = json!({ "error": {
        "type": "brand_new_error", "code": "brand_new_code", "message": "Told.", "param": "a[b]",
        "doc_url": "https://docs.example", "request_log_url": "https://log.example",
        "payment_intent": { "id": 7, "object": null }, "brand_new_field": [1],
    }});
    let error = disconnect(Reply::json(400, &body)).await;
    let api = error.api().unwrap();
    assert!(error.is_invalid_request());
    assert_eq!(
        [
            api.error_type(),
            api.code(),
            api.message(),
            api.param(),
            api.doc_url(),
            api.request_log_url()
        ],
        [
            "brand_new_error",
            "brand_new_code",
            "Told.",
            "a[b]",
            "https://docs.example",
            "https://log.example"
        ]
        .map(Some)
    );
    assert_eq!(Value::from(api.fields().clone()), body["error"]);
}

#[tokio::test]
async fn whatever_comes_back_is_told_from_a_success() {
    // Each body with each status that is not one: the status and the body survive.
    let bodies: [&[u8]; 7] = [
        b"",
        b"{}",
        b"null",
        b"{\"error\":\"text\"}",
        b"<html>",
        b"{\"error\":{",
        b"\xff\xfe",
    ];
    for status in [400, 403, 404, 500] {
        for body in bodies {
            let error = disconnect(Reply::new(status, "application/json", body)).await;
            assert_eq!((error.status(), error.body()), (Some(status), body));
            assert!(error.api().is_none());
        }
    }
    // A success that is not JSON, whatever it says it is.
    for body in bodies {
        let server = ScriptServer::replies([Reply::new(200, "text/html", body)]).await;
        let error = server
            .client()
            .accounts()
            .retrieve("fca_1")
            .await
            .unwrap_err();
        // An object that does not end was cut short, whatever length the server names.
        let is_cut = body == b"{\"error\":{";
        assert!(
            error.is_decode() != is_cut && error.is_interrupted() == is_cut,
            "{error:?}"
        );
        let requests = if is_cut { 3 } else { 1 };
        assert_eq!(
            (error.attempts(), server.requests()),
            (requests as u32, requests)
        );
        assert_eq!((error.body(), error.status()), (body, Some(200)));
    }
    // And one that is, whatever it says it is.
    let reply = Reply::new(200, "text/html", account("fca_1").to_string());
    let server = ScriptServer::replies([reply]).await;
    assert_eq!(
        server
            .client()
            .accounts()
            .retrieve("fca_1")
            .await
            .unwrap()
            .id,
        "fca_1"
    );
    assert!(server.client().raw(Method::Get, "/v1/x").await.is_ok());
}
