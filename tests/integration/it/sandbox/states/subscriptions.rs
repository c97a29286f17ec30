//! Subscriptions, and what is asked for twice.

use std::time::Duration;

use stripe_financial_connections_sandbox::{NewAccount, Repeat, Settings};

use super::drive::{DAY, events, with};
use crate::support::http::post;

#[tokio::test]
async fn a_subscription_refreshes_at_once_and_then_daily() {
    let (sandbox, id) = with(|_| {}, &NewAccount::new().transactions(1)).await;
    let control = sandbox.control();
    let path = format!("/accounts/{id}/subscribe");
    let subscribed = post(&sandbox, &path, "features[]=transactions").ok().await;
    assert_eq!(subscribed["transaction_refresh"]["status"], "pending");
    let again = post(&sandbox, &path, "features[]=transactions").ok().await;
    assert_eq!(again, subscribed, "twice is once");
    control.advance(3 * DAY + Duration::from_secs(60));
    assert_eq!(
        events(&sandbox).await,
        ["created"]
            .into_iter()
            .chain(["refreshed_transactions"; 4])
            .collect::<Vec<_>>()
    );

    let path = format!("/accounts/{id}/unsubscribe");
    post(&sandbox, &path, "features[]=transactions").ok().await;
    post(&sandbox, &path, "features[]=transactions").ok().await;
    control.advance(3 * DAY);
    assert_eq!(events(&sandbox).await.len(), 5);
}

#[tokio::test]
async fn repeated_subscriptions_and_disconnects_are_refused_where_that_is_set() {
    let refuse = |settings: &mut Settings| {
        settings.subscribe_twice = Repeat::Refuse;
        settings.disconnect_twice = Repeat::Refuse;
    };
    let (sandbox, id) = with(refuse, &NewAccount::new()).await;
    for (action, form, first) in [
        ("unsubscribe", "features[]=transactions", 400),
        ("subscribe", "features[]=transactions", 200),
        ("subscribe", "features[]=transactions", 400),
        ("disconnect", "", 200),
        ("disconnect", "", 400),
    ] {
        let reply = post(&sandbox, &format!("/accounts/{id}/{action}"), form)
            .send()
            .await;
        assert_eq!(reply.status, first, "{action}");
    }
}
