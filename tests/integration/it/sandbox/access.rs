//! Who may ask, for whom, how often, and in which version.

use stripe_financial_connections_sandbox::{NewAccount, Sandbox};

use crate::support::http::{BASE, get};

#[tokio::test]
async fn a_request_without_a_key_is_challenged() {
    let sandbox = Sandbox::start().await.unwrap();
    let reply = get(&sandbox, "/accounts")
        .without("authorization")
        .send()
        .await;
    assert!(
        reply
            .header("www-authenticate")
            .unwrap()
            .starts_with("Basic ")
    );
}

#[tokio::test]
async fn basic_authentication_takes_the_key_as_its_user() {
    let sandbox = Sandbox::start().await.unwrap();
    let answer = reqwest::Client::new()
        .get(format!("{}{BASE}/accounts", sandbox.base_url()))
        .basic_auth(sandbox.key(), None::<&str>)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn what_nobody_may_know_is_asked_of_a_connected_account() {
    let sandbox = Sandbox::start().await.unwrap();
    let connected = sandbox.control().create_connected_account();
    let theirs = sandbox
        .control()
        .for_account(&connected)
        .create_account(&NewAccount::new());
    let path = format!("/accounts/{theirs}");
    assert_eq!(get(&sandbox, &path).send().await.status, 404);
    for header in ["stripe-account", "stripe-context"] {
        let reply = get(&sandbox, &path).header(header, &connected).send().await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("stripe-account"), Some(connected.as_str()));
    }
}

#[tokio::test]
async fn rate_limits_are_per_second_and_name_their_reason() {
    let sandbox = Sandbox::builder()
        .settings(|settings| settings.requests_per_second = 2)
        .start()
        .await
        .unwrap();
    let control = sandbox.control();
    control.set_rate_limits(true);
    for _ in 0..2 {
        get(&sandbox, "/accounts").ok().await;
    }
    let limited = get(&sandbox, "/accounts").send().await;
    assert_eq!(
        limited.error(),
        (429, "invalid_request_error", Some("rate_limit"), None)
    );
    assert_eq!(
        limited.header("stripe-rate-limited-reason"),
        Some("global-rate")
    );
    control.advance(std::time::Duration::from_secs(1));
    get(&sandbox, "/accounts").ok().await;
    control.set_rate_limits(false);
    for _ in 0..5 {
        get(&sandbox, "/accounts").ok().await;
    }
}

#[tokio::test]
async fn released_versions_are_accepted_and_answered_in() {
    let sandbox = Sandbox::start().await.unwrap();
    for version in ["2022-11-15", "2026-10-28.endive", "2026-09-30.preview"] {
        let reply = get(&sandbox, "/accounts")
            .header("stripe-version", version)
            .send()
            .await;
        assert_eq!(reply.status, 200, "{version}");
        assert_eq!(reply.header("stripe-version"), Some(version));
    }
}
