//! The drift report as a page.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    dead_code,
    reason = "helpers of tests are tests, and not all of them are needed here"
)]

mod common;

use codegen::drift;
use common::{committed, slice};
use serde_json::json;

#[test]
fn the_page_holds_every_change_and_needs_nothing_else() {
    let ours = committed();
    let mut upstream = ours.clone();
    let account =
        &mut upstream["components"]["schemas"]["financial_connections.account"]["properties"];
    account["status"]["enum"] = json!(["active", "<b>new</b>"]);
    account["nickname"] = json!({ "type": "string" });
    account["institution_name"]["type"] = json!("integer");
    let report = drift(&ours, &upstream, &slice()).unwrap();
    let page = report.to_html();

    assert_eq!(page.matches("<article>").count(), report.findings.len());
    assert!(report.findings.len() >= 4, "{:?}", report.findings);
    let (breaks, adds) = page.split_once("<section class=\"adds\">").unwrap();
    assert!(breaks.contains("institution_name") && !adds.contains("institution_name"));
    assert!(adds.contains("nickname") && !breaks.contains("nickname"));
    assert!(
        page.contains("&lt;b&gt;new&lt;/b&gt;") && !page.contains("<b>"),
        "what upstream writes is text"
    );
    for outside in ["http", "src=", "href=", "<script", "@import", "url("] {
        assert!(!page.contains(outside), "the page reaches for {outside}");
    }
}

#[test]
fn nothing_changed_is_said() {
    let page = drift(&committed(), &committed(), &slice())
        .unwrap()
        .to_html();
    assert!(page.contains("Nothing breaks.") && page.contains("Nothing is added."));
}
