//! What the builders send, against what the document allows.

use serde_json::{Value, json};

use super::check::problems;
use super::sent::{Sent, all};
use crate::comparison::committed::types;
use crate::comparison::names;

#[test]
fn every_parameter_is_sent_as_the_document_says() {
    let problems = problems(names::document(), all());
    println!("{} requests", all().len());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_text_names_the_operations_that_are_sent() {
    let types = types();
    for sent in all() {
        assert_eq!(types.one(sent.by, "method"), Some(sent.method.as_str()));
        let template = types.one(sent.by, "path").unwrap();
        assert_eq!(template.split('/').count(), sent.path.split('/').count());
    }
}

#[test]
fn what_the_document_does_not_allow_is_found() {
    let sent = |change: fn(&mut Sent)| {
        let mut all = all().to_vec();
        all.iter_mut()
            .filter(|sent| sent.by == "transactions.list")
            .for_each(change);
        problems(names::document(), &all).join("\n")
    };
    for (change, expected) in [
        (
            (|sent| sent.query += "&other=1") as fn(&mut Sent),
            "transactions.list?other: no such parameter",
        ),
        (
            |sent| sent.query = sent.query.replace("account=", "accounts="),
            "transactions.list?account is missing",
        ),
        (
            |sent| sent.query = sent.query.replace("limit=1", "limit=one"),
            "is not integer",
        ),
        (
            |sent| sent.query = sent.query.replace("limit=1", ""),
            "transactions.list?limit is never sent",
        ),
        (
            |sent| sent.query = sent.query.replace("expand[0]", "expand[2]"),
            "a list without gaps",
        ),
        (
            |sent| sent.query = sent.query.replace("expand[0]=", "expand="),
            "is given twice",
        ),
        (
            |sent| sent.body = "a=1".to_owned(),
            "both a query and a body",
        ),
        (|sent| sent.method = "post".to_owned(), "no such operation"),
    ] {
        let found = sent(change);
        assert!(found.contains(expected), "{expected}: {found}");
    }
}

#[test]
fn an_enum_value_that_the_document_adds_is_missed() {
    let mut document = names::document().clone();
    let path = "/paths/~1v1~1financial_connections~1accounts~1{account}~1refresh/post/requestBody/content\
                /application~1x-www-form-urlencoded/schema/properties/features/items/enum";
    let Some(Value::Array(values)) = document.pointer_mut(path) else {
        panic!("no features");
    };
    values.push(json!("inferred_balances"));
    let problems = problems(&document, all());
    assert_eq!(
        problems,
        [r#"accounts.refresh?features[]="inferred_balances" is never sent"#]
    );
}
