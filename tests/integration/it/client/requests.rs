//! What is sent, where to, and what is refused before sending.

use std::collections::BTreeSet;

use stripe_financial_connections::types::RefreshFeature;
use stripe_financial_connections::{
    API_VERSION, Client, Error, IdempotencyKey, Method, Poll, SecretKey,
};

use crate::support::script_server::{KEY, Reply, ScriptServer, Seen};

async fn server() -> ScriptServer {
    ScriptServer::replies([Reply::account("fca_1")]).await
}

fn names(seen: &Seen) -> BTreeSet<&str> {
    seen.headers.keys().map(String::as_str).collect()
}

#[tokio::test]
async fn only_the_headers_that_are_needed() {
    let server = server().await;
    let client = server.client();
    client.accounts().retrieve("fca_1").await.unwrap();
    client
        .accounts()
        .refresh("fca_1", [RefreshFeature::Balance])
        .await
        .unwrap();
    let seen = server.seen();
    let [get, post] = &seen[..] else { panic!() };

    let common = [
        "accept",
        "accept-encoding",
        "authorization",
        "host",
        "stripe-version",
        "user-agent",
    ];
    assert_eq!(names(get), BTreeSet::from(common));
    let more = ["content-length", "content-type", "idempotency-key"];
    assert_eq!(names(post), common.into_iter().chain(more).collect());

    assert_eq!(
        get.header("authorization"),
        Some(format!("Bearer {KEY}").as_str())
    );
    assert_eq!(get.header("accept"), Some("application/json"));
    assert_eq!(get.header("accept-encoding"), Some("gzip"));
    assert_eq!(get.header("stripe-version"), Some(API_VERSION));
    let agent = get.header("user-agent").unwrap();
    let version = agent
        .strip_prefix("stripe-financial-connections-rust/")
        .unwrap();
    assert_eq!(version.split('.').count(), 3, "{agent}");
    assert_eq!(
        post.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );

    assert_eq!((get.method.as_str(), get.body.as_str()), ("GET", ""));
    assert_eq!(
        get.target, "/v1/financial_connections/accounts/fca_1",
        "no bare question mark"
    );
    assert_eq!(
        (post.method.as_str(), post.body.as_str()),
        ("POST", "features[0]=balance")
    );
}

#[tokio::test]
async fn a_request_overrides_its_client() {
    let server = server().await;
    let client = server
        .builder()
        .stripe_account("acct_1")
        .header("X-A", "1")
        .build()
        .unwrap();
    client.accounts().retrieve("fca_1").await.unwrap();
    let other = client
        .accounts()
        .retrieve("fca_1")
        .stripe_account("acct_2")
        .header("X-A", "2");
    other.await.unwrap();
    let seen = server.seen();
    let values = |name| [seen[0].header(name).unwrap(), seen[1].header(name).unwrap()];
    assert_eq!(values("stripe-account"), ["acct_1", "acct_2"]);
    assert_eq!(values("x-a"), ["1", "2"]);
}

#[tokio::test]
async fn every_post_has_a_key_and_no_other_request_has() {
    let server = server().await;
    let client = server.client();
    let key = IdempotencyKey::new("my-key").unwrap();
    let own = client
        .accounts()
        .disconnect("fca_1")
        .idempotency_key(key.clone())
        .await
        .unwrap();
    assert_eq!(own.idempotency_key(), Some(&key));
    let account = client
        .accounts()
        .disconnect("fca_1")
        .max_retries(0)
        .await
        .unwrap();
    let random = account.idempotency_key().unwrap().as_str().to_owned();
    client.raw(Method::Post, "/v1/x").await.unwrap();
    let raw = client
        .raw(Method::Delete, "/v1/x")
        .param("a", "1")
        .idempotency_key(key);
    assert_eq!(raw.await.unwrap().idempotency_key(), None);
    let seen = server.seen();
    let keys: Vec<_> = seen.iter().map(Seen::idempotency_key).collect();
    assert_eq!(
        (keys[0], keys[1], keys[3]),
        (Some("my-key"), Some(random.as_str()), None)
    );
    // 8-4-4-4-12 hexadecimal digits, version 4.
    let key = keys[2].unwrap();
    let lengths: Vec<_> = key.split('-').map(str::len).collect();
    assert_eq!(
        (lengths.as_slice(), &key[14..15]),
        ([8, 4, 4, 4, 12].as_slice(), "4")
    );
    assert_eq!(
        (seen[3].method.as_str(), seen[3].target.as_str()),
        ("DELETE", "/v1/x?a=1")
    );
}

#[track_caller]
fn refused(error: Result<impl Sized, Error>, expected: &str) {
    let error = error.err().expect("refused");
    assert!(
        error.is_usage() && !error.maybe_executed() && error.attempts() == 0,
        "{error:?}"
    );
    assert!(error.to_string().contains(expected), "{error}");
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_before_sending() {
    let server = server().await;
    let client = server.client();
    let request = || client.accounts().retrieve("fca_1");
    let retrieve = |id: &'static str| client.accounts().retrieve(id);
    refused(retrieve("").await, "`account` is empty");
    refused(retrieve(".").await, "`account` is a dot segment");
    refused(retrieve("..").await, "`account` is a dot segment");
    refused(
        request().header("Authorization", "Bearer x").await,
        "set by this library",
    );
    refused(
        request().header("Idempotency-Key", "x").await,
        "set by this library",
    );
    refused(
        request().header("Content-Length", "1").await,
        "set by this library",
    );
    refused(request().header("X Y", "1").await, "a header's name");
    refused(
        request().header("X-Y", "a\r\nInjected: 1").await,
        "`x-y` holds a line break",
    );
    refused(
        request().stripe_account("").await,
        "`stripe-account` is empty",
    );
    refused(
        request().stripe_version("a\n").await,
        "`stripe-version` holds a line break",
    );
    refused(
        client.raw(Method::Get, "v1/x").await,
        "begin with one slash",
    );
    refused(
        client.raw(Method::Get, "//example.com/x").await,
        "begin with one slash",
    );
    refused(client.raw(Method::Get, "/v1/../x").await, "dot segment");
    refused(
        client
            .accounts()
            .owners("..", "fcaowns_1")
            .stream()
            .next()
            .await
            .unwrap(),
        "dot segment",
    );
    assert_eq!(server.requests(), 0);

    let builder = || Client::builder(SecretKey::new(KEY).unwrap());
    refused(builder().base_url("http://api.example").build(), "in clear");
    refused(builder().header("X", "a\n").build(), "line break");
    assert!(
        builder()
            .base_url("http://api.example")
            .allow_insecure_http()
            .build()
            .is_ok()
    );
}

#[tokio::test]
async fn a_header_that_has_an_option_is_refused() {
    let server = server().await;
    let client = server.client();
    for (name, expected) in [
        ("Stripe-Account", "use `stripe_account`"),
        ("stripe-context", "use `stripe_context`"),
        ("STRIPE-VERSION", "use `stripe_version`"),
        ("Authorization", "use `secret_key`"),
        ("Idempotency-Key", "use `idempotency_key`"),
        ("Accept", "is set by this library"),
        ("Accept-Encoding", "is set by this library"),
        ("Connection", "is set by this library"),
        ("Content-Encoding", "is set by this library"),
        ("Content-Type", "is set by this library"),
        ("Expect", "is set by this library"),
        ("Host", "is set by this library"),
        ("Keep-Alive", "is set by this library"),
        ("Proxy-Connection", "is set by this library"),
        ("Trailer", "is set by this library"),
        ("Transfer-Encoding", "is set by this library"),
        ("Upgrade", "is set by this library"),
    ] {
        refused(
            client.accounts().retrieve("fca_1").header(name, "x").await,
            expected,
        );
        refused(client.accounts().list().header(name, "x").await, expected);
        let page = client.accounts().list().lenient().header(name, "x");
        refused(page.stream().next().await.unwrap(), expected);
        let raw = client.raw(Method::Get, "/v1/x").header(name, "x");
        refused(raw.await, expected);
        refused(server.builder().header(name, "x").build(), expected);
    }
    assert_eq!(server.requests(), 0);
    // One header may take the place of the library's.
    let own = client.accounts().retrieve("fca_1");
    own.header("User-Agent", "shop/1").await.unwrap();
    assert_eq!(server.seen()[0].header("user-agent"), Some("shop/1"));
}

#[tokio::test]
async fn no_number_of_headers_panics() {
    let server = server().await;
    let many = |from: usize| (from..from + 40_000).map(|number| format!("x-{number}"));
    let builder = many(0).fold(server.builder(), |builder, name| builder.header(name, "1"));
    refused(builder.build(), "more headers than");
    let client = server.client();
    let request = || client.raw(Method::Post, "/v1/x");
    let all = many(0).fold(request(), |request, name| request.header(name, "1"));
    refused(all.await, "more headers than");
    // As many as are allowed, at both places.
    let some = |from: usize| many(from).take(128);
    let client = some(0).fold(server.builder(), |builder, name| builder.header(name, "1"));
    let request = client.build().unwrap().raw(Method::Post, "/v1/x");
    let all = some(1_000).fold(request, |request, name| request.header(name, "1"));
    // The same header again is no further one.
    all.header("X-1000", "2").await.unwrap();
    assert!(server.seen()[0].headers.len() > 256);
}

#[tokio::test]
async fn a_parameter_that_has_a_setter_is_refused() {
    let server = server().await;
    let client = server.client();
    let list = || client.accounts().list();
    let refresh = || {
        client
            .accounts()
            .refresh("fca_1", [RefreshFeature::Balance])
    };
    for name in [
        "starting_after",
        "ending_before",
        "limit",
        "session",
        "expand",
        "expand[]",
        "expand[0]",
        "expand[7]",
        "account_holder[customer]",
        "account_holder[account]",
    ] {
        let expected = "has a setter";
        refused(list().param(name, "x").await, expected);
        refused(
            list().param(name, "x").stream().next().await.unwrap(),
            expected,
        );
        refused(list().lenient().param(name, "x").await, expected);
        // One that the client adds to every request, too.
        let client = server.builder().param(name, "x").build().unwrap();
        refused(client.accounts().list().await, expected);
    }
    refused(refresh().param("features[1]", "x").await, "has a setter");
    let transactions = client.transactions().list("fca_1");
    let range = transactions.clone().param("transacted_at[gte]", "1");
    refused(range.await, "has a setter");
    refused(transactions.param("account", "fca_2").await, "has a setter");
    // Raw lists own the cursors once they are walked.
    let walk = server.builder().param("starting_after", "x").build();
    let walk = walk
        .unwrap()
        .raw(Method::Get, "/v1/x")
        .stream()
        .next()
        .await;
    refused(walk.unwrap(), "has a setter");
    assert_eq!(server.requests(), 0);

    // What has no setter is sent, also within an object that has some.
    for name in [
        "new",
        "account_holder[new]",
        "limits",
        "expanded[0]",
        "limit[new]",
    ] {
        let _ = list().param(name, "x").await;
    }
    let raw = client
        .raw(Method::Get, "/v1/x")
        .param("starting_after", "x");
    raw.await.unwrap();
    assert_eq!(server.requests(), 6);
}

#[test]
fn outside_of_a_runtime_a_request_is_an_error_and_no_panic() {
    fn poll<T>(future: impl IntoFuture<Output = T>) -> Option<T> {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match std::pin::pin!(future.into_future()).poll(&mut context) {
            std::task::Poll::Ready(value) => Some(value),
            std::task::Poll::Pending => None,
        }
    }

    let client = Client::new(SecretKey::new(KEY).unwrap()).unwrap();
    let expected = "outside of a tokio runtime";
    refused(poll(client.accounts().retrieve("fca_1")).unwrap(), expected);
    refused(poll(client.accounts().list()).unwrap(), expected);
    refused(poll(client.raw(Method::Post, "/v1/x")).unwrap(), expected);
    let wait = client
        .accounts()
        .refresh("fca_1", [RefreshFeature::Balance]);
    refused(poll(wait.and_wait(Poll::default())).unwrap(), expected);
    let mut stream = client.accounts().list().stream();
    refused(poll(stream.next()).unwrap().unwrap(), expected);

    // A walk that is carried out of its runtime.
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (_server, mut pages) = runtime.block_on(async {
        let play = |number: usize, _: &Seen| Reply::page([number.to_string()], true);
        let server = ScriptServer::play(play).await;
        let mut pages = server.client().accounts().list().pages();
        pages.next().await.unwrap().unwrap();
        (server, pages)
    });
    refused(poll(pages.next()).unwrap().unwrap(), expected);
}

#[tokio::test]
async fn an_id_stays_one_segment_of_the_path() {
    let server = server().await;
    let client = server.client();
    for (id, expected) in [
        (
            "fca_1/../../customers/cus_1?x=",
            "fca_1%2F..%2F..%2Fcustomers%2Fcus_1%3Fx%3D",
        ),
        ("%2e%2e", "%252e%252e"),
        ("a b#c", "a%20b%23c"),
        ("...", "..."),
    ] {
        client.accounts().disconnect(id).await.unwrap();
        let target = server.seen().pop().unwrap().target;
        assert_eq!(
            target,
            format!("/v1/financial_connections/accounts/{expected}/disconnect")
        );
    }
}

#[tokio::test]
async fn a_base_url_may_have_a_path() {
    let server = server().await;
    let client = Client::builder(SecretKey::new(KEY).unwrap());
    let client = client
        .base_url(format!("{}/proxy/stripe/", server.url()))
        .build()
        .unwrap();
    client.accounts().retrieve("fca_1").await.unwrap();
    assert_eq!(
        server.seen()[0].target,
        "/proxy/stripe/v1/financial_connections/accounts/fca_1"
    );
}

#[tokio::test]
async fn redirects_are_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = server().await;
        let reply = Reply::html(status).header("Location", format!("{}/x", elsewhere.url()));
        let server = ScriptServer::replies([reply]).await;
        let error = server
            .client()
            .accounts()
            .disconnect("fca_1")
            .await
            .unwrap_err();
        assert!(error.is_redirect());
        assert_eq!(
            (server.requests(), elsewhere.requests()),
            (1, 0),
            "the key went elsewhere"
        );
    }
}

#[tokio::test]
async fn a_body_may_be_as_long_as_the_limit_and_no_longer() {
    let body = format!("\"{}\"", "x".repeat(998));
    let server = ScriptServer::replies([Reply::new(200, "application/json", body.clone())]).await;
    for (limit, fits) in [(999, false), (1_000, true), (1_001, true)] {
        let client = server.builder().max_body_bytes(limit).build().unwrap();
        match client.raw(Method::Get, "/v1/x").await {
            Ok(answer) => assert!(fits && answer.body() == body.as_bytes()),
            Err(error) => assert!(!fits && error.is_too_large() && error.status() == Some(200)),
        }
    }
}

/// Sixty thousand blanks around `{"id":"zip"}`, compressed.
const ZIPPED: &[u8] = include_bytes!("blanks.json.gz");

#[tokio::test]
async fn gzip_is_read_and_counts_by_what_it_holds() {
    let reply = || Reply::new(200, "application/json", ZIPPED).header("Content-Encoding", "gzip");
    let server = ScriptServer::replies([reply()]).await;
    let answer = server.client().raw(Method::Get, "/v1/x").await.unwrap();
    assert_eq!(answer["id"], "zip");
    let client = server.builder().max_body_bytes(10_000).build().unwrap();
    assert!(
        client
            .raw(Method::Get, "/v1/x")
            .await
            .unwrap_err()
            .is_too_large()
    );

    let mut cut = reply();
    cut.body.truncate(ZIPPED.len() / 2);
    let server = ScriptServer::replies([cut, reply()]).await;
    assert_eq!(
        server
            .client()
            .raw(Method::Get, "/v1/x")
            .await
            .unwrap()
            .attempts(),
        2
    );
}

#[tokio::test]
async fn answers_tell_how_they_came() {
    let reply = Reply::account("fca_1")
        .header("Idempotent-Replayed", "true")
        .header("X-Any", "1");
    let late = reply.late(std::time::Duration::from_secs(3));
    let server = ScriptServer::replies([Reply::html(500), late]).await;
    let mut account = server
        .client()
        .accounts()
        .disconnect("fca_1")
        .await
        .unwrap();
    assert_eq!((account.status(), account.attempts()), (200, 2));
    assert_eq!(account.request_id(), Some("req_scripted"));
    assert_eq!(account.headers().get("x-any").unwrap(), "1");
    assert_eq!(account.elapsed(), server.clock().passed());
    assert!(account.is_replayed() && account.body().starts_with(b"{"));
    account.display_name = Some("mine".to_owned());
    assert_eq!(account.into_inner().display_name.as_deref(), Some("mine"));
}

#[tokio::test]
async fn connections_are_used_again() {
    let server = server().await;
    let client = server.client();
    for _ in 0..10 {
        client.clone().accounts().disconnect("fca_1").await.unwrap();
    }
    assert_eq!((server.requests(), server.connections()), (10, 1));
}

#[test]
fn the_key_is_taken_from_the_environment() {
    const CHILD: &str = "KEY_FROM_ENVIRONMENT_CHILD";
    const VARIABLE: &str = "STRIPE_SECRET_KEY";
    // The environment belongs to the whole process, and other tests run in this one.
    if std::env::var_os(CHILD).is_some() {
        match SecretKey::from_env() {
            Ok(key) => println!("\ntaken {key:?}"),
            Err(error) => println!("\nrefused {error}"),
        }
        return;
    }
    let child = |value: Option<&str>| {
        let mut command = std::process::Command::new(std::env::current_exe().unwrap());
        let path = concat!(module_path!(), "::the_key_is_taken_from_the_environment");
        let (_, test) = path.split_once("::").unwrap();
        command
            .args(["--exact", test, "--nocapture"])
            .env(CHILD, "1");
        match value {
            Some(value) => command.env(VARIABLE, value),
            None => command.env_remove(VARIABLE),
        };
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    assert!(child(Some("sk_test_1")).contains("taken SecretKey([redacted])"));
    assert!(child(Some("sk_test_1\n")).contains("refused the API key holds white space"));
    assert!(child(Some("")).contains("refused the API key is empty"));
    assert!(child(None).contains("refused the environment variable STRIPE_SECRET_KEY is not set"));
}

/// The API takes the account or the context, and calls both an error.
#[tokio::test]
async fn a_request_acts_for_an_account_or_in_a_context() {
    let server = server().await;
    let acting = |client: &Client| {
        let client = client.clone();
        let before = server.requests();
        let server = &server;
        async move {
            client.accounts().retrieve("fca_1").await.unwrap();
            for request in [
                client.accounts().retrieve("fca_1").stripe_account("acct_2"),
                client.accounts().retrieve("fca_1").stripe_context("ctx_2"),
                client
                    .accounts()
                    .retrieve("fca_1")
                    .stripe_account("acct_3")
                    .stripe_context("ctx_3"),
                client
                    .accounts()
                    .retrieve("fca_1")
                    .stripe_context("ctx_4")
                    .stripe_account("acct_4"),
            ] {
                request.await.unwrap();
            }
            let of = |seen: &Seen, name| seen.header(name).unwrap_or("-").to_owned();
            let seen = server.seen();
            let acting = seen[before..].iter();
            acting
                .map(|it| of(it, "stripe-account") + " " + &of(it, "stripe-context"))
                .collect::<Vec<_>>()
        }
    };
    let own = ["acct_2 -", "- ctx_2", "- ctx_3", "acct_4 -"];
    for (builder, expected) in [
        (server.builder(), "- -"),
        (server.builder().stripe_account("acct_1"), "acct_1 -"),
        (server.builder().stripe_context("ctx_1"), "- ctx_1"),
        (
            server
                .builder()
                .stripe_account("acct_1")
                .stripe_context("ctx_1"),
            "- ctx_1",
        ),
    ] {
        let found = acting(&builder.build().unwrap()).await;
        assert_eq!(found[0], expected);
        assert_eq!(found[1..], own);
    }
}
