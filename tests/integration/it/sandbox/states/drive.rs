//! What the tests of states have in common.

use std::time::Duration;

use serde_json::Value;
use stripe_financial_connections_sandbox::{NewAccount, Sandbox, Settings};

use crate::support::http::{get, post, request};

/// A day.
pub(super) const DAY: Duration = Duration::from_secs(86_400);

/// A sandbox of these settings with this account.
pub(super) async fn with(
    settings: impl FnOnce(&mut Settings),
    new: &NewAccount,
) -> (Sandbox, String) {
    let sandbox = Sandbox::builder().settings(settings).start().await.unwrap();
    let id = sandbox.control().create_account(new);
    (sandbox, id)
}

/// The account as it is now.
pub(super) async fn account(sandbox: &Sandbox, id: &str) -> Value {
    get(sandbox, &format!("/accounts/{id}")).ok().await
}

/// Asks for a refresh.
pub(super) async fn refresh(sandbox: &Sandbox, id: &str, feature: &str) -> Value {
    let form = format!("features[]={feature}");
    post(sandbox, &format!("/accounts/{id}/refresh"), &form)
        .ok()
        .await
}

/// The types of the events so far, oldest first, without their prefix.
pub(super) async fn events(sandbox: &Sandbox) -> Vec<String> {
    let list = request(sandbox, reqwest::Method::GET, "/v1/events?limit=100");
    let list = list.ok().await;
    let mut kinds: Vec<String> = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| {
            event["type"]
                .as_str()
                .unwrap()
                .rsplit('.')
                .next()
                .unwrap()
                .to_owned()
        })
        .collect();
    kinds.reverse();
    kinds
}
