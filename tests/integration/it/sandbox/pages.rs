//! Pages and expansion: one test or row for each fact.

use serde_json::Value;
use stripe_financial_connections_sandbox::{
    Feature, LimitPolicy, NewAccount, Sandbox, UnknownFilter,
};

use crate::support::http::{Reply, get, post};

const INVALID: &str = "invalid_request_error";

/// A sandbox with this many accounts, and their ids, newest first.
async fn with_accounts(count: usize) -> (Sandbox, Vec<String>) {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let mut ids: Vec<String> = (0..count)
        .map(|_| control.create_account(&NewAccount::new()))
        .collect();
    ids.reverse();
    (sandbox, ids)
}

async fn list(sandbox: &Sandbox, query: &str) -> Reply {
    get(sandbox, &format!("/accounts{query}")).send().await
}

#[tokio::test]
async fn limits_default_to_ten_and_are_clamped() {
    let (sandbox, _) = with_accounts(105).await;
    for (query, length) in [
        ("", 10),
        ("?limit=3", 3),
        ("?limit=100", 100),
        ("?limit=0", 1),
        ("?limit=-1", 1),
        ("?limit=101", 100),
        ("?limit=200", 100),
    ] {
        let page = list(&sandbox, query).await;
        assert_eq!(page.ids().len(), length, "{query}");
    }
}

#[tokio::test]
async fn limits_out_of_range_are_refused_where_that_is_set() {
    let sandbox = Sandbox::builder()
        .settings(|settings| settings.out_of_range_limit = LimitPolicy::Refuse)
        .start()
        .await
        .unwrap();
    let error = (
        400,
        INVALID,
        Some("parameter_invalid_integer"),
        Some("limit"),
    );
    for query in ["?limit=0", "?limit=101"] {
        assert_eq!(list(&sandbox, query).await.error(), error);
    }
    assert_eq!(list(&sandbox, "?limit=100").await.status, 200);
}

#[tokio::test]
async fn the_envelope_has_four_fields_and_a_url_without_its_query() {
    let (sandbox, _) = with_accounts(1).await;
    let page = list(&sandbox, "?limit=5").await.body;
    let mut fields: Vec<&String> = page.as_object().unwrap().keys().collect();
    fields.sort();
    assert_eq!(fields, ["data", "has_more", "object", "url"]);
    assert_eq!(page["url"], "/v1/financial_connections/accounts");
    assert_eq!(page["object"], "list");
}

#[tokio::test]
async fn pages_are_newest_first_in_both_directions() {
    let (sandbox, ids) = with_accounts(7).await;
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    for (query, expected, has_more) in [
        ("?limit=3".to_owned(), &ids[0..3], true),
        (
            format!("?limit=3&starting_after={}", ids[2]),
            &ids[3..6],
            true,
        ),
        (
            format!("?limit=3&starting_after={}", ids[5]),
            &ids[6..7],
            false,
        ),
        (
            format!("?limit=3&starting_after={}", ids[6]),
            &ids[0..0],
            false,
        ),
        // The nearest newer ones, still newest first; has_more speaks of the newer direction.
        (
            format!("?limit=3&ending_before={}", ids[6]),
            &ids[3..6],
            true,
        ),
        (
            format!("?limit=3&ending_before={}", ids[2]),
            &ids[0..2],
            false,
        ),
        (
            format!("?limit=3&ending_before={}", ids[0]),
            &ids[0..0],
            false,
        ),
        // Exactly full is not more.
        ("?limit=7".to_owned(), &ids[..], false),
        (
            format!("?limit=3&ending_before={}", ids[3]),
            &ids[0..3],
            false,
        ),
    ] {
        let page = list(&sandbox, &query).await;
        assert_eq!(page.ids(), expected, "{query}");
        assert_eq!(page.body["has_more"], has_more, "{query}");
    }
}

#[tokio::test]
async fn an_account_that_is_linked_meanwhile_moves_no_page() {
    let (sandbox, ids) = with_accounts(4).await;
    let first = list(&sandbox, "?limit=2").await;
    assert_eq!(first.ids(), [&ids[0], &ids[1]]);
    let _newer = sandbox.control().create_account(&NewAccount::new());
    let second = list(&sandbox, &format!("?limit=2&starting_after={}", ids[1])).await;
    assert_eq!(second.ids(), [&ids[2], &ids[3]]);
}

#[tokio::test]
async fn cursors_are_looked_up_before_they_exclude_each_other() {
    let (sandbox, ids) = with_accounts(2).await;
    let missing = |param| (400, INVALID, Some("resource_missing"), Some(param));
    let known = &ids[0];
    for (query, error) in [
        (
            "?starting_after=fca_none".to_owned(),
            missing("starting_after"),
        ),
        (
            "?ending_before=fca_none".to_owned(),
            missing("ending_before"),
        ),
        (
            format!("?starting_after={known}&ending_before={known}"),
            (400, INVALID, None, None),
        ),
        (
            format!("?starting_after={known}&ending_before=fca_none"),
            missing("ending_before"),
        ),
        (
            format!("?starting_after=fca_none&ending_before={known}"),
            missing("starting_after"),
        ),
    ] {
        let reply = list(&sandbox, &query).await;
        assert_eq!(reply.error(), error, "{query}");
    }
    let reply = list(&sandbox, "?starting_after=fca_none").await;
    assert_eq!(
        reply.message(),
        "No such financial connections account: 'fca_none'"
    );
}

#[tokio::test]
async fn a_cursor_may_be_any_account_of_the_list_whatever_the_filter() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let (mine, other) = (control.create_customer(), control.create_customer());
    let oldest = control.create_account(&NewAccount::new().customer(&mine));
    let foreign = control.create_account(&NewAccount::new().customer(&other));
    let newest = control.create_account(&NewAccount::new().customer(&mine));
    let query = format!("?account_holder[customer]={mine}");
    assert_eq!(list(&sandbox, &query).await.ids(), [&newest, &oldest]);
    let page = list(&sandbox, &format!("{query}&starting_after={foreign}")).await;
    assert_eq!(page.ids(), [&oldest]);
}

#[tokio::test]
async fn a_customer_without_accounts_has_an_empty_list() {
    let sandbox = Sandbox::start().await.unwrap();
    let customer = sandbox.control().create_customer();
    let page = list(&sandbox, &format!("?account_holder[customer]={customer}")).await;
    assert!(page.ids().is_empty());
}

#[tokio::test]
async fn unknown_filters_answer_as_set() {
    for (policy, status) in [(UnknownFilter::NotFound, 404), (UnknownFilter::Ignore, 200)] {
        let sandbox = Sandbox::builder()
            .settings(|settings| settings.unknown_filter = policy)
            .start()
            .await
            .unwrap();
        assert_eq!(list(&sandbox, "?session=fcsess_none").await.status, status);
        let path = "/transactions?account=fca_none";
        assert_eq!(get(&sandbox, path).send().await.status, status);
    }
}

#[tokio::test]
async fn arrays_are_taken_with_and_without_indexes_raw_or_encoded() {
    let (sandbox, ids) = with_accounts(1).await;
    let path = format!("/accounts/{}/refresh", ids[0]);
    for form in [
        "features[]=balance&features[]=ownership",
        "features[0]=balance&features[1]=ownership",
        "features%5B%5D=balance&features%5b%5d=ownership",
        "features%5B0%5D=balance&features%5B1%5D=ownership",
    ] {
        let account = post(&sandbox, &path, form).ok().await;
        assert_eq!(account["ownership_refresh"]["status"], "pending", "{form}");
        assert_eq!(account["transaction_refresh"], Value::Null, "{form}");
    }
}

/// An account with an ownership, a customer and a session.
struct Linked {
    sandbox: Sandbox,
    account: String,
    session: String,
}

async fn linked() -> Linked {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let customer = control.create_customer();
    let form = format!(
        "account_holder[type]=customer&account_holder[customer]={customer}&permissions[]=ownership"
    );
    let session = post(&sandbox, "/sessions", &form).ok().await;
    let session = session["id"].as_str().unwrap().to_owned();
    let new = NewAccount::new().refreshed([Feature::Ownership]);
    let account = control
        .complete_session(&session, &[new])
        .unwrap()
        .remove(0);
    Linked {
        sandbox,
        account,
        session,
    }
}

#[tokio::test]
async fn what_can_be_expanded_is() {
    let linked = linked().await;
    let owner = "financial_connections.account_ownership";
    let account = format!("/accounts/{}", linked.account);
    let session = format!("/sessions/{}", linked.session);
    for (path, expand, pointer, object) in [
        (account.as_str(), "ownership", "/ownership/object", owner),
        (&account, "ownership.owners", "/ownership/object", owner),
        (
            &account,
            "account_holder.customer",
            "/account_holder/customer/object",
            "customer",
        ),
        (
            "/accounts",
            "data.ownership",
            "/data/0/ownership/object",
            owner,
        ),
        (
            "/accounts",
            "data.account_holder.customer",
            "/data/0/account_holder/customer/object",
            "customer",
        ),
        (
            &session,
            "account_holder.customer",
            "/account_holder/customer/object",
            "customer",
        ),
        (
            &session,
            "accounts.data.ownership",
            "/accounts/data/0/ownership/object",
            owner,
        ),
    ] {
        let reply = get(&linked.sandbox, &format!("{path}?expand[]={expand}"))
            .ok()
            .await;
        let found = reply.pointer(pointer).and_then(Value::as_str);
        assert_eq!(found, Some(object), "{expand} of {path}: {reply}");
    }
}

#[tokio::test]
async fn objects_that_are_there_anyway_are_expanded_to_themselves() {
    let linked = linked().await;
    for (path, expand) in [
        (format!("/accounts/{}", linked.account), "account_holder"),
        (format!("/accounts/{}", linked.account), "balance"),
        (format!("/accounts/{}", linked.account), "balance_refresh"),
        (format!("/accounts/{}", linked.account), "ownership_refresh"),
        (format!("/sessions/{}", linked.session), "account_holder"),
        (format!("/sessions/{}", linked.session), "accounts"),
        (format!("/sessions/{}", linked.session), "filters"),
        ("/accounts".to_owned(), "data"),
    ] {
        let plain = get(&linked.sandbox, &path).ok().await;
        let expanded = get(&linked.sandbox, &format!("{path}?expand[]={expand}"))
            .ok()
            .await;
        assert_eq!(plain, expanded, "{expand} of {path}");
    }
}

#[tokio::test]
async fn an_ownership_is_an_id_unless_it_is_expanded_and_then_holds_its_owners() {
    let linked = linked().await;
    let path = format!("/accounts/{}", linked.account);
    let plain = get(&linked.sandbox, &path).ok().await;
    let id = plain["ownership"].as_str().expect("an id");
    let expanded = get(&linked.sandbox, &format!("{path}?expand[]=ownership"))
        .ok()
        .await;
    assert_eq!(expanded["ownership"]["id"], id);
    let owners = &expanded["ownership"]["owners"];
    assert_eq!(
        owners["data"][0]["object"],
        "financial_connections.account_owner"
    );
    let account = &linked.account;
    let url = format!("/v1/financial_connections/accounts/{account}/owners?ownership={id}");
    assert_eq!(owners["url"], url);
}

#[tokio::test]
async fn what_cannot_be_expanded_is_named_whole() {
    let linked = linked().await;
    let account = format!("/accounts/{}", linked.account);
    for (path, expand, says) in [
        (account.as_str(), "id", "(id)"),
        (&account, "ownership.nope", "(ownership.nope)"),
        (&account, "data.ownership", "(data.ownership)"),
        ("/accounts", "ownership", "data.ownership"),
        ("/accounts", "nope", "(nope)"),
        ("/accounts", "data.data.data.data.ownership", "levels"),
    ] {
        let reply = get(&linked.sandbox, &format!("{path}?expand[]={expand}"))
            .send()
            .await;
        assert_eq!(reply.error(), (400, INVALID, None, None), "{expand}");
        assert!(
            reply.message().contains(says),
            "{expand}: {}",
            reply.message()
        );
    }
}

#[tokio::test]
async fn expansion_is_checked_before_the_look_up_and_before_anything_is_written() {
    let linked = linked().await;
    let sandbox = &linked.sandbox;
    let reply = get(sandbox, "/accounts/fca_none?expand[]=nope")
        .send()
        .await;
    assert_eq!(reply.status, 400);
    assert_eq!(get(sandbox, "/accounts/fca_none").send().await.status, 404);

    let path = format!("/accounts/{}/disconnect", linked.account);
    assert_eq!(
        post(sandbox, &path, "expand[]=nope").send().await.status,
        400
    );
    let account = get(sandbox, &format!("/accounts/{}", linked.account))
        .ok()
        .await;
    assert_eq!(account["status"], "active");
    let account = post(sandbox, &path, "expand[]=account_holder.customer")
        .ok()
        .await;
    assert_eq!(account["account_holder"]["customer"]["object"], "customer");
}
