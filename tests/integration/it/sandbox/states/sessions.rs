//! Sessions: their defaults, and what a user may link in one.

use serde_json::json;
use stripe_financial_connections_sandbox::{AccountKind, NewAccount, Sandbox};

use super::drive::account;
use crate::support::http::{get, post};

#[tokio::test]
async fn a_session_has_the_defaults_of_the_pinned_version() {
    let sandbox = Sandbox::start().await.unwrap();
    let account = sandbox.control().platform_account();
    let form = format!(
        "account_holder[type]=account&account_holder[account]={account}&permissions[]=balances"
    );
    let session = post(&sandbox, "/sessions", &form).ok().await;
    assert_eq!(session.get("limits"), None, "no limit");
    assert_eq!(session["manual_entry"]["mode"], "disabled");
    assert_eq!(session["filters"]["require_payment_method_support"], "none");
    assert_eq!(
        session["filters"]["account_subcategories"]
            .as_array()
            .unwrap()
            .len(),
        5
    );
    assert_eq!(session["prefetch"], json!([]));
    let unlimited = post(&sandbox, "/sessions", &format!("{form}&limits[accounts]="))
        .ok()
        .await;
    assert_eq!(unlimited.get("limits"), None);
}

#[tokio::test]
async fn a_session_allows_what_it_was_created_for() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let customer = control.create_customer();
    let holder = control.customer_account(&customer).unwrap();
    let create = async |more: &str| {
        let form = format!(
            "account_holder[type]=customer&account_holder[customer_account]={holder}\
             &permissions[]=balances{more}"
        );
        let session = post(&sandbox, "/sessions", &form).ok().await;
        session["id"].as_str().unwrap().to_owned()
    };
    let card = NewAccount::new().kind(AccountKind::CreditCard);
    let checking = NewAccount::new();
    for (more, accounts, says) in [
        (
            "&limits[accounts]=1",
            vec![checking.clone(), checking.clone()],
            "limited to 1",
        ),
        (
            "&filters[account_subcategories][]=checking",
            vec![card.clone()],
            "do not allow",
        ),
        (
            "&filters[require_payment_method_support]=all",
            vec![checking.clone(), card.clone()],
            "requires",
        ),
        (
            "&filters[require_payment_method_support]=at_least_one",
            vec![card.clone()],
            "requires",
        ),
    ] {
        let id = create(more).await;
        let refused = control.complete_session(&id, &accounts).unwrap_err();
        assert!(refused.to_string().contains(says), "{refused}");
        let linked = control
            .complete_session(&id, std::slice::from_ref(&checking))
            .unwrap();
        let account = account(&sandbox, &linked[0]).await;
        assert_eq!(account["permissions"], json!(["balances"]));
        assert_eq!(account["account_holder"]["customer_account"], holder);
        let again = control
            .complete_session(&id, std::slice::from_ref(&checking))
            .unwrap_err();
        assert!(again.to_string().contains("finished already"), "{again}");
    }
    assert!(control.complete_session("fcsess_none", &[]).is_err());
    let path = format!("/accounts?account_holder[customer_account]={holder}");
    assert_eq!(get(&sandbox, &path).send().await.ids().len(), 4);
}
