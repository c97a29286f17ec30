//! Fault scripts: what is sent, and how far the request got.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use stripe_financial_connections_sandbox::{Fault, NewAccount, Operation, Reply, Sandbox, Stage};

use crate::support::http::{get, post, request};

async fn with_account() -> (Sandbox, String) {
    let sandbox = Sandbox::start().await.unwrap();
    let id = sandbox.control().create_account(&NewAccount::new());
    (sandbox, format!("/accounts/{id}/refresh"))
}

#[tokio::test]
async fn a_reset_before_the_answer_has_an_effect_only_after_the_execution() {
    for (stage, effects) in [(Stage::Before, 0), (Stage::After, 1)] {
        let (sandbox, path) = with_account().await;
        sandbox.control().add_fault(Fault::reset().stage(stage));
        let lost = post(&sandbox, &path, "features[]=balance")
            .key("k")
            .try_send()
            .await;
        let lost = lost.expect_err("no answer");
        assert!(lost.is_request(), "{lost:?}");
        assert_eq!(sandbox.control().effects_of_key("k"), effects);
        assert_eq!(sandbox.control().requests()[0].status, None);
    }
}

#[tokio::test]
async fn a_reset_in_the_body_comes_after_the_status() {
    let (sandbox, path) = with_account().await;
    sandbox.control().add_fault(Fault::reset_in_body());
    let lost = post(&sandbox, &path, "features[]=balance").try_send().await;
    let lost = lost.expect_err("half an answer");
    assert!(lost.is_body() || lost.is_decode(), "{lost:?}");
    assert_eq!(sandbox.control().effects(Operation::AccountsRefresh), 1);
}

#[tokio::test]
async fn html_and_truncated_json_arrive_whole() {
    let (sandbox, _) = with_account().await;
    sandbox.control().add_fault(Fault::html(502));
    let html = get(&sandbox, "/accounts").send().await;
    assert_eq!(
        (html.status, html.header("content-type")),
        (502, Some("text/html"))
    );
    sandbox.control().add_fault(Fault::truncated());
    let half = get(&sandbox, "/accounts").send().await;
    assert_eq!(half.status, 200);
    assert!(half.body.is_null(), "no JSON: {}", half.body);
}

#[tokio::test]
async fn faults_come_by_operation_and_by_count() {
    let (sandbox, path) = with_account().await;
    let control = sandbox.control();
    control.add_fault(
        Fault::status(503)
            .on(Operation::AccountsList)
            .skip(1)
            .times(2),
    );
    let mut statuses = Vec::new();
    for _ in 0..4 {
        assert_eq!(
            post(&sandbox, &path, "features[]=balance")
                .send()
                .await
                .status,
            200
        );
        statuses.push(get(&sandbox, "/accounts").send().await.status);
    }
    assert_eq!(statuses, [200, 503, 503, 200]);
    control.add_fault(Fault::status(500));
    assert_eq!(control.clear_faults(), 1);
    assert_eq!(get(&sandbox, "/accounts").send().await.status, 200);
}

#[tokio::test]
async fn faults_come_in_the_order_of_the_script() {
    let (sandbox, _) = with_account().await;
    let control = sandbox.control();
    for status in [500, 502, 503] {
        control.add_fault(Fault::status(status));
    }
    for status in [500, 502, 503, 200] {
        assert_eq!(get(&sandbox, "/accounts").send().await.status, status);
    }
}

#[tokio::test]
async fn a_fault_may_only_add_headers_or_a_delay() {
    let (sandbox, _) = with_account().await;
    let control = sandbox.control();
    let fault = Fault::new(Reply::Own)
        .stage(Stage::After)
        .header("stripe-notice", "hello");
    control.add_fault(fault);
    let reply = get(&sandbox, "/accounts").send().await;
    assert_eq!(
        (reply.status, reply.header("stripe-notice")),
        (200, Some("hello"))
    );
    control.add_fault(Fault::delay(Duration::from_millis(1)));
    assert_eq!(get(&sandbox, "/accounts").send().await.status, 200);
    assert!(control.requests()[1].faulted);
}

#[tokio::test]
async fn the_control_surface_has_no_faults_and_no_key() {
    let (sandbox, _) = with_account().await;
    sandbox.control().add_fault(Fault::status(500));
    let path = "/_sandbox/requests";
    let bare = request(&sandbox, reqwest::Method::GET, path).without("authorization");
    assert_eq!(bare.ok().await["requests"], serde_json::json!([]));
    assert_eq!(get(&sandbox, "/accounts").send().await.status, 500);
}

#[tokio::test]
async fn a_panic_while_answering_fails_the_test_that_met_it() {
    let start = || {
        Sandbox::builder()
            .on_request(|_| panic!("on purpose"))
            .start()
    };
    let sandbox = start().await.unwrap();
    assert_eq!(get(&sandbox, "/accounts").send().await.status, 500);
    assert_eq!(sandbox.violations().len(), 1);
    drop(sandbox);

    let sandbox = start().await.unwrap();
    get(&sandbox, "/accounts").send().await;
    let dropped = catch_unwind(AssertUnwindSafe(|| drop(sandbox)));
    let message = dropped.unwrap_err().downcast::<String>().unwrap();
    assert!(message.contains("the sandbox is wrong"), "{message}");
}

#[tokio::test]
async fn a_lock_has_no_reason_and_may_be_tried_again() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.control().add_fault(Fault::lock_timeout());
    let locked = get(&sandbox, "/accounts").send().await;
    assert_eq!(
        locked.error(),
        (429, "invalid_request_error", Some("lock_timeout"), None)
    );
    assert_eq!(locked.header("stripe-rate-limited-reason"), None);
    assert_eq!(locked.header("stripe-should-retry"), Some("true"));
}

#[tokio::test]
async fn server_faults_are_api_errors() {
    let sandbox = Sandbox::start().await.unwrap();
    for status in [500, 502, 503, 504] {
        sandbox.control().add_fault(Fault::status(status));
        let reply = get(&sandbox, "/accounts").send().await;
        assert_eq!(reply.error(), (status, "api_error", None, None));
    }
    get(&sandbox, "/accounts").ok().await;
}
