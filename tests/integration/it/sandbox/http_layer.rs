//! What is rejected before it is a request of the API: a JSON error with a request id, all the same.

use serde_json::Value;
use stripe_financial_connections_sandbox::Sandbox;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends bytes, ends its side, and reads all that comes.
async fn raw(sandbox: &Sandbox, bytes: &[u8]) -> (u16, Vec<String>, Value) {
    let mut stream = TcpStream::connect(("127.0.0.1", sandbox.port()))
        .await
        .unwrap();
    stream.write_all(bytes).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines().map(str::to_owned);
    let status = lines.next().unwrap();
    let status = status.split(' ').nth(1).unwrap().parse().unwrap();
    (status, lines.collect(), serde_json::from_str(body).unwrap())
}

#[tokio::test]
async fn every_rejection_is_a_json_error_with_a_request_id() {
    let sandbox = Sandbox::start().await.unwrap();
    let post = "POST /v1/financial_connections/sessions HTTP/1.1\r\nhost: localhost\r\n";
    let many_headers: String = (0..300).map(|at| format!("x-{at}: 1\r\n")).collect();
    let mut rows = vec![
        (400, "GET / HTTP/1.1\r\nbad header\r\n\r\n".to_owned()),
        (400, "\u{1}\u{2}\u{3} / HTTP/1.1\r\n\r\n".to_owned()),
        (400, "GET / HTTP/7\r\n\r\n".to_owned()),
        (400, "GET / HTTP/1.1\r\n\r\n".to_owned()),
        (
            403,
            "GET / HTTP/1.1\r\nhost: evil.example\r\n\r\n".to_owned(),
        ),
        (
            414,
            format!(
                "GET /{} HTTP/1.1\r\nhost: localhost\r\n\r\n",
                "a".repeat(70_000)
            ),
        ),
        (
            431,
            format!("GET / HTTP/1.1\r\nx: {}\r\n\r\n", "a".repeat(2_000_000)),
        ),
        (431, format!("GET / HTTP/1.1\r\n{many_headers}\r\n")),
        // The body ends before its announced length.
        (400, format!("{post}content-length: 100\r\n\r\nabc")),
        (
            400,
            format!("{post}transfer-encoding: chunked\r\n\r\n5\r\nab"),
        ),
        (
            400,
            format!("{post}transfer-encoding: chunked\r\n\r\nnope\r\n"),
        ),
        (
            413,
            format!(
                "{post}content-length: 2000000\r\n\r\n{}",
                "a".repeat(2_000_000)
            ),
        ),
        (
            413,
            format!("{post}content-length: 2000000\r\nexpect: 100-continue\r\n\r\n"),
        ),
    ];
    for control in ["POST /_sandbox/accounts", "GET /_sandbox/nowhere"] {
        rows.push((
            404 - 4 * u16::from(control.starts_with("POST")),
            format!(
                "{control} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: \
                 1\r\ncontent-type: application/json\r\n\r\n{{"
            ),
        ));
    }
    for (status, bytes) in rows {
        let start: String = bytes.chars().take(60).collect();
        let (found, headers, body) = raw(&sandbox, bytes.as_bytes()).await;
        assert_eq!(found, status, "{start:?} {body}");
        let error = &body["error"];
        assert_eq!(error["type"], "invalid_request_error", "{start:?} {body}");
        assert!(error["message"].as_str().unwrap().len() > 10, "{body}");
        for wanted in ["request-id: req_", "content-type: application/json"] {
            let there = headers.iter().any(|header| header.starts_with(wanted));
            assert!(there, "{start:?}: {headers:?}");
        }
    }
}

#[tokio::test]
async fn a_body_that_ends_early_or_is_too_large_is_in_the_log() {
    let sandbox = Sandbox::start().await.unwrap();
    let head = "POST /v1/financial_connections/sessions HTTP/1.1\r\nhost: localhost\r\n";
    raw(
        &sandbox,
        format!("{head}content-length: 9\r\n\r\nabc").as_bytes(),
    )
    .await;
    let requests = sandbox.control().requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].status, Some(400));
}
