//! Reading lists over several pages.

use serde_json::{Value, json};
use stripe_financial_connections::types::Account;
use stripe_financial_connections::{Error, Lenient, Method};

use crate::support::script_server::{Cut, Reply, ScriptServer, account, settle};

fn ids(items: &[Account]) -> Vec<&str> {
    items.iter().map(|item| item.id.as_str()).collect()
}

async fn pages(pages: impl IntoIterator<Item = Reply>) -> ScriptServer {
    ScriptServer::replies(pages).await
}

fn list(data: &[Value], has_more: bool) -> Reply {
    Reply::json(
        200,
        &json!({ "object": "list", "data": data, "has_more": has_more, "url": "/" }),
    )
}

#[tokio::test]
async fn options_hold_for_every_page() {
    let server = pages([
        Reply::page(["a"], true),
        Reply::page(["b"], true),
        Reply::page(["c"], false),
    ])
    .await;
    let client = server
        .builder()
        .header("X-Client", "1")
        .param("all", "1")
        .build()
        .unwrap();
    let stream = client
        .accounts()
        .list()
        .customer("cus_1")
        .expand(["data.ownership"])
        .limit(1)
        .stripe_account("acct_1")
        .stripe_version("2099-01-01.future")
        .header("X-Request", "2")
        .param("new", "3")
        .secret_key(stripe_financial_connections::SecretKey::new("rk_test_other").unwrap())
        .stream();
    assert_eq!(ids(&stream.try_collect().await.unwrap()), ["a", "b", "c"]);
    let seen = server.seen();
    assert_eq!(seen.len(), 3);
    for (seen, cursor) in seen.iter().zip([None, Some("a"), Some("b")]) {
        assert_eq!(seen.query("starting_after"), cursor);
        for (name, value) in [
            ("account_holder[customer]", "cus_1"),
            ("expand[0]", "data.ownership"),
            ("limit", "1"),
            ("all", "1"),
            ("new", "3"),
        ] {
            assert_eq!(seen.query(name), Some(value), "{}", seen.target);
        }
        for (name, value) in [
            ("stripe-account", "acct_1"),
            ("stripe-version", "2099-01-01.future"),
            ("x-client", "1"),
            ("x-request", "2"),
            ("authorization", "Bearer rk_test_other"),
        ] {
            assert_eq!(seen.header(name), Some(value));
        }
        assert_eq!(seen.idempotency_key(), None);
    }
}

#[tokio::test]
async fn pages_have_answers_and_cursors() {
    let server = pages([Reply::page(["a", "b"], true), Reply::page(["c"], false)]).await;
    let mut pages = server.client().accounts().list().pages();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!(
        (first.cursor(), first.status(), first.request_id()),
        (Some("b"), 200, Some("req_scripted"))
    );
    assert!(first.has_more);
    assert_eq!(ids(&first.into_items()), ["a", "b"]);
    let second = pages.next().await.unwrap().unwrap();
    assert_eq!(ids(&second.into_response().data), ["c"]);
    assert!(pages.next().await.is_none());
    assert!(pages.next().await.is_none(), "an end is an end");
}

#[tokio::test]
async fn a_walk_resumes_from_a_saved_cursor() {
    let server = pages([Reply::page(["c"], false)]).await;
    let list = server.client().accounts().list();
    let found = list
        .clone()
        .stream()
        .resume_after("b")
        .try_collect()
        .await
        .unwrap();
    assert_eq!(ids(&found), ["c"]);
    let backward = list
        .clone()
        .ending_before("z")
        .pages()
        .resume_after("y")
        .next()
        .await;
    assert!(backward.unwrap().is_ok());
    // A cursor of the caller's own gives way.
    list.starting_after("a")
        .stream()
        .resume_after("b")
        .try_collect()
        .await
        .unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].query("starting_after"), Some("b"));
    assert_eq!(
        (
            seen[1].query("ending_before"),
            seen[1].query("starting_after")
        ),
        (Some("y"), None)
    );
    assert_eq!(seen[2].query("starting_after"), Some("b"));
}

#[tokio::test]
async fn a_backward_page_is_turned_round_only_in_the_walk() {
    let server = pages([Reply::page(["b", "c"], false)]).await;
    let list = || server.client().accounts().list().ending_before("d");
    let page = list().pages().next().await.unwrap().unwrap();
    assert_eq!(
        (ids(&page.data), page.cursor()),
        (vec!["b", "c"], Some("b"))
    );
    assert_eq!(ids(&page.into_items()), ["c", "b"]);
    assert_eq!(ids(&list().await.unwrap().data), ["b", "c"]);
}

#[tokio::test]
async fn take_is_the_total_and_fetches_no_more() {
    for (take, requests, expected) in [
        (0, 0, &[][..]),
        (1, 1, &["a"][..]),
        (2, 1, &["a", "b"][..]),
        (3, 2, &["a", "b", "c"][..]),
        (9, 2, &["a", "b", "c", "d"][..]),
    ] {
        let server = pages([
            Reply::page(["a", "b"], true),
            Reply::page(["c", "d"], false),
        ])
        .await;
        let found = server
            .client()
            .accounts()
            .list()
            .stream()
            .take(take)
            .try_collect()
            .await;
        assert_eq!(ids(&found.unwrap()), expected);
        settle(|| server.requests() > requests).await;
        assert_eq!(server.requests(), requests, "take {take}");
    }
}

/// As `Iterator::take` and `Stream::take` count.
#[tokio::test]
async fn take_counts_from_the_call_on() {
    for (read, takes, requests, expected) in [
        (1, &[0][..], 2, &["a"][..]),
        (1, &[1], 2, &["a", "b"]),
        (1, &[2], 2, &["a", "b", "c"]),
        (1, &[3], 2, &["a", "b", "c", "d"]),
        (1, &[4], 3, &["a", "b", "c", "d", "e"]),
        (3, &[1], 2, &["a", "b", "c", "d"]),
        (5, &[100], 3, &["a", "b", "c", "d", "e", "f"]),
        // A second call takes of what the first has left.
        (0, &[2, 5], 1, &["a", "b"]),
        (0, &[5, 2], 1, &["a", "b"]),
        (1, &[4, 1], 2, &["a", "b"]),
    ] {
        let server = pages([
            Reply::page(["a", "b", "c"], true),
            Reply::page(["d", "e"], true),
            Reply::page(["f"], false),
        ])
        .await;
        let mut stream = server.client().accounts().list().stream();
        let mut found = Vec::new();
        for _ in 0..read {
            found.push(stream.next().await.unwrap().unwrap());
        }
        let stream = takes.iter().fold(stream, |stream, take| stream.take(*take));
        found.extend(stream.try_collect().await.unwrap());
        assert_eq!(ids(&found), expected, "{read} {takes:?}");
        settle(|| server.requests() > requests).await;
        // One page may have been on its way already when `take` was called.
        assert!(server.requests() <= requests, "{read} {takes:?}");
    }
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_asked_for() {
    let server = pages([Reply::page(["a"], true)]).await;
    let client = server.client();
    let _stream = client.accounts().list().stream();
    let _pages = client.accounts().list().pages();
    let _request = client.accounts().retrieve("fca_1").send();
    settle(|| server.requests() > 0).await;
    assert_eq!(server.requests(), 0);
}

/// Reads until the error, which must come; after it there is nothing.
async fn until_error(server: &ScriptServer) -> (Vec<String>, Error) {
    let mut stream = server.client().accounts().list().stream();
    let mut found = Vec::new();
    loop {
        match stream.next().await.expect("an error, and no quiet end") {
            Ok(item) => found.push(item.id.as_str().to_owned()),
            Err(error) => {
                assert!(stream.next().await.is_none());
                return (found, error);
            }
        }
    }
}

#[tokio::test]
async fn an_error_comes_after_the_items_before_it_and_ends_the_walk() {
    let failed = Reply::error(500, "api_error", None);
    let server = pages([Reply::page(["a", "b"], true), failed]).await;
    let (found, error) = until_error(&server).await;
    assert_eq!(found, ["a", "b"]);
    assert!(error.is_server_error() && error.attempts() == 3);
}

#[tokio::test]
async fn a_walk_that_cannot_go_on_says_so() {
    let empty = || Reply::page([""; 0], true);
    let (found, error) = until_error(&pages([Reply::page(["a"], true), empty()]).await).await;
    assert_eq!(found, ["a"]);
    assert!(
        error.is_pagination() && error.to_string().contains("empty"),
        "{error}"
    );
    assert_eq!(
        (error.status(), error.request_id()),
        (Some(200), Some("req_scripted"))
    );
    assert_eq!(error.operation(), Some("accounts.list"));

    let same = || Reply::page(["a", "b"], true);
    let server = pages([same(), same(), same()]).await;
    let (found, error) = until_error(&server).await;
    assert_eq!(found, ["a", "b"], "the repeated page is not given again");
    assert!(
        error.is_pagination() && error.to_string().contains("repeat"),
        "{error}"
    );
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn a_circle_of_pages_is_noticed() {
    let server = ScriptServer::play(|number, _| {
        let id = if number < 3 {
            format!("lead_{number}")
        } else {
            format!("circle_{}", number % 7)
        };
        Reply::page([id], true)
    })
    .await;
    let (_, error) = until_error(&server).await;
    assert!(error.is_pagination(), "{error}");
    assert!(
        server.requests() <= 3 * (3 + 7) + 1,
        "{}",
        server.requests()
    );
}

#[tokio::test]
async fn one_odd_item_does_not_cost_the_page() {
    let mut odd = account("b");
    odd["created"] = "yesterday".into();
    let pages = || {
        [
            list(&[account("a"), odd.clone()], true),
            list(&[account("c")], false),
        ]
    };
    let server = self::pages(pages()).await;
    let error = server
        .client()
        .accounts()
        .list()
        .stream()
        .try_collect()
        .await
        .unwrap_err();
    assert_eq!(error.path(), Some("data[1].created"));

    let server = self::pages(pages()).await;
    let items = server
        .client()
        .accounts()
        .list()
        .lenient()
        .stream()
        .try_collect()
        .await
        .unwrap();
    let [Lenient::Item(a), Lenient::Raw(b), Lenient::Item(c)] = &items[..] else {
        panic!("{items:?}");
    };
    assert_eq!((a.id.as_str(), c.id.as_str()), ("a", "c"));
    assert_eq!(*b.value().unwrap(), odd);
    assert_eq!(b.error().path(), Some("created"));
    // The odd item was the last of its page, and still the cursor.
    assert_eq!(server.seen()[1].query("starting_after"), Some("b"));
}

#[tokio::test]
async fn an_item_that_no_value_holds_is_kept_as_text() {
    let deep = "[".repeat(300) + &"]".repeat(300);
    for odd in ["1e400", r#""\ud800""#, deep.as_str()] {
        let item = format!(r#"{{"id": "b", "odd": {odd}}}"#);
        let page = |item: &str| {
            let body = format!(
                r#"{{"object":"list","url":"/v1/x","has_more":true,"data":[{},{item}]}}"#,
                account("a")
            );
            Reply::new(200, "application/json", body)
        };
        let server = self::pages([page(&item), Reply::page(["c"], false)]).await;
        let items = server.client().accounts().list().lenient().stream();
        let items = items.try_collect().await.unwrap();
        let [Lenient::Item(_), Lenient::Raw(raw), Lenient::Item(_)] = &items[..] else {
            panic!("{items:?}");
        };
        assert_eq!(raw.json(), item);
        assert!(raw.value().unwrap_err().is_decode());
        assert!(!format!("{raw:?}").contains("odd"));
        // It is the cursor, too.
        assert_eq!(server.seen()[1].query("starting_after"), Some("b"));
    }
}

#[tokio::test]
async fn a_page_whose_last_item_has_no_id_is_delivered_before_the_error() {
    let last = [json!(7), json!({ "id": "" }), json!({ "created": 7 })];
    for last in last {
        let server = self::pages([list(&[account("a"), last], true)]).await;
        let list = || server.client().accounts().list().lenient();
        let mut stream = list().stream();
        let first = stream.next().await.unwrap().unwrap();
        assert_eq!(first.item().unwrap().id.as_str(), "a");
        assert!(stream.next().await.unwrap().unwrap().item().is_none());
        let error = stream.next().await.unwrap().unwrap_err();
        assert!(error.is_pagination(), "{error}");
        assert_eq!(error.operation(), Some("accounts.list"));
        assert!(stream.next().await.is_none());

        let mut pages = list().pages();
        let page = pages.next().await.unwrap().unwrap();
        assert_eq!((page.data.len(), page.cursor()), (2, None));
        assert!(pages.next().await.unwrap().unwrap_err().is_pagination());
        assert!(pages.next().await.is_none());
        // What was wanted has come.
        let mut some = list().stream().take(2);
        assert!(some.next().await.unwrap().is_ok() && some.next().await.unwrap().is_ok());
        assert!(some.next().await.is_none());
    }
}

#[tokio::test]
async fn dropping_a_stream_stops_what_it_fetches_ahead() {
    let server = pages([
        Reply::page(["a"], true),
        Reply::page(["b"], true).cut(Cut::Silent),
    ])
    .await;
    let mut stream = server.client().accounts().list().stream();
    stream.next().await.unwrap().unwrap();
    assert!(settle(|| server.requests() == 2).await);
    assert_eq!(server.ended(), 0);
    drop(stream);
    assert!(
        settle(|| server.ended() == 1).await,
        "the connection is still open"
    );
}

#[tokio::test]
async fn lists_without_a_type_are_walked_as_well() {
    let data = |id: &str| [json!({ "id": id })];
    let server = pages([list(&data("a"), true), list(&data("b"), false)]).await;
    let client = server.client();
    let request = client.raw(Method::Get, "/v1/customers").param("limit", "1");
    let found = request.stream().try_collect().await.unwrap();
    assert_eq!(
        (&found[0]["id"], &found[1]["id"]),
        (&json!("a"), &json!("b"))
    );
    let targets: Vec<_> = server.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(
        targets,
        [
            "/v1/customers?limit=1",
            "/v1/customers?limit=1&starting_after=a"
        ]
    );
    let error = client
        .raw(Method::Post, "/v1/customers")
        .stream()
        .next()
        .await
        .unwrap()
        .unwrap_err();
    assert!(error.is_usage());
}
