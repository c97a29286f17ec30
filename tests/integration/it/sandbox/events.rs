//! Events: filtered, and in their thin form.

use reqwest::Method;
use stripe_financial_connections_sandbox::{Feature, NewAccount, Sandbox};

use crate::support::http::{Reply, request};

async fn list(sandbox: &Sandbox, query: &str) -> Reply {
    let sent = request(sandbox, Method::GET, &format!("/v1/events?{query}"));
    sent.send().await
}

#[tokio::test]
async fn events_are_filtered_by_type_and_by_time() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let start = control.now();
    let id = control.create_account(&NewAccount::new().refreshed([Feature::Balance]));
    control.advance(std::time::Duration::from_secs(60));
    control.deactivate(&id).unwrap();
    control.send_event("charge.succeeded", serde_json::json!({}));
    let prefix = "financial_connections.account";
    for (query, count) in [
        (String::new(), 4),
        (format!("type={prefix}.created"), 1),
        (format!("type={prefix}.*"), 3),
        ("type=financial_connections.*".to_owned(), 3),
        ("type=*".to_owned(), 4),
        (format!("types[]={prefix}.created&types[]=charge.*"), 2),
        ("type=financial".to_owned(), 0),
        (format!("created={start}"), 2),
        (format!("created[gt]={start}"), 2),
        (
            format!("created[gte]={start}&created[lt]={}", start + 60),
            2,
        ),
    ] {
        let reply = list(&sandbox, &query).await;
        assert_eq!(reply.ids().len(), count, "{query}: {}", reply.body);
    }
    let both = list(&sandbox, "type=a&types[]=b").await;
    assert_eq!(both.status, 400);
    let wrong = list(&sandbox, "created[nope]=1").await;
    assert_eq!(wrong.error().2, Some("parameter_unknown"));
}

#[tokio::test]
async fn a_thin_event_is_fetched_by_its_id() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let account = control.create_account(&NewAccount::new());
    let id = list(&sandbox, "").await.ids()[0].to_owned();
    let event = request(&sandbox, Method::GET, &format!("/v2/core/events/{id}"));
    let event = event.ok().await;
    assert_eq!(event["id"], id);
    assert_eq!(event["object"], "v2.core.event");
    assert_eq!(event["type"], "v1.financial_connections.account.created");
    assert_eq!(event["related_object"]["id"], account);
    let none = request(&sandbox, Method::GET, "/v2/core/events/evt_none");
    assert_eq!(none.send().await.error().2, Some("resource_missing"));
}
