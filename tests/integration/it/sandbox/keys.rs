//! Which keys are accepted.

use stripe_financial_connections_sandbox::{KeyPolicy, NewAccount, Operation, Sandbox};

use crate::support::http::get;

async fn status(sandbox: &Sandbox, key: &str) -> u16 {
    let sent = get(sandbox, "/accounts").header("authorization", &format!("Bearer {key}"));
    sent.send().await.status
}

#[tokio::test]
async fn every_well_formed_test_key_sees_the_same_data() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = sandbox.control().create_account(&NewAccount::new());
    for key in [
        "sk_test_123",
        "sk_test_4eC39HqLyjWDarjtT1zdp7dc",
        "rk_test_51Abc",
        "sk_test_under_score",
        sandbox.key(),
    ] {
        let sent = get(&sandbox, "/accounts").header("authorization", &format!("Bearer {key}"));
        assert_eq!(sent.send().await.ids(), [&id], "{key}");
    }
    for key in [
        "sk_test_",
        "sk_live_123",
        "pk_test_123",
        "test_123",
        "sk_test_a b",
        "sk_test_a-b",
        "SK_TEST_1",
        "sk_prod_1",
        &format!("sk_test_{}", "a".repeat(300)),
    ] {
        assert_eq!(status(&sandbox, key).await, 401, "{key}");
    }
}

#[tokio::test]
async fn one_key_can_be_pinned() {
    let sandbox = Sandbox::builder()
        .key("sk_test_mine")
        .start()
        .await
        .unwrap();
    assert_eq!(sandbox.key(), "sk_test_mine");
    assert_eq!(status(&sandbox, "sk_test_mine").await, 200);
    assert_eq!(status(&sandbox, "sk_test_other").await, 401);
}

#[tokio::test]
async fn live_restricted_and_expired_keys_are_settings() {
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let _test = control.create_account(&NewAccount::new());
    let live = control.in_live_mode().create_account(&NewAccount::new());
    control
        .change_settings(|settings| {
            settings.live_keys = true;
            settings.expired_keys = vec!["sk_test_old".to_owned()];
            let reads = vec![Operation::AccountsRetrieve];
            settings
                .restricted_keys
                .insert("rk_test_reader".to_owned(), reads);
        })
        .unwrap();
    let sent = get(&sandbox, "/accounts").header("authorization", "Bearer sk_live_1");
    assert_eq!(sent.send().await.ids(), [&live]);
    let sent = get(&sandbox, "/accounts").header("authorization", "Bearer sk_test_old");
    assert_eq!(sent.send().await.error().2, Some("api_key_expired"));
    assert_eq!(status(&sandbox, "rk_test_reader").await, 403);
    assert_eq!(status(&sandbox, "rk_test_any").await, 200);
    control
        .change_settings(|settings| settings.keys = KeyPolicy::Listed)
        .unwrap();
    assert_eq!(status(&sandbox, "rk_test_any").await, 401);
    assert_eq!(status(&sandbox, sandbox.key()).await, 200);
}
