//! How single changes are told: their place, their kind, and what they mean in either direction.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "helpers of tests are tests"
)]

mod example;

use codegen::drift::{Bump, Effects};
use codegen::{drift, trim};
use serde_json::{Value, json};

/// The example with a parameter and a body, as committed.
fn ours() -> Value {
    trim(&upstream(), &example::slice()).unwrap().document
}

fn upstream() -> Value {
    let mut document = example::document();
    let operation = &mut document["paths"]["/v1/shop/things/{id}"]["post"];
    operation["parameters"] = json!([
        {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
        {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100}},
    ]);
    operation["requestBody"] = json!({"content": {"application/x-www-form-urlencoded": {
        "schema": {
            "type": "object",
            "required": ["name"],
            "properties": {
                "kind": {"type": "string", "enum": ["a", "b"], "x-stripeBypassValidation": true},
                "name": {"type": "string", "maxLength": 500},
                "parts": {"type": "array", "items": {"type": "string"}},
            },
        },
        "encoding": {"parts": {"style": "deepObject", "explode": true}},
    }}});
    document
}

/// The lines that a change of the vendor's document makes in the report.
fn told(change: impl FnOnce(&mut Value)) -> String {
    let mut document = upstream();
    change(&mut document);
    let report = drift(&ours(), &document, &example::slice()).unwrap();
    let lines: Vec<_> = report
        .findings
        .iter()
        .map(|finding| {
            let [was, now] =
                [&finding.was, &finding.now].map(|value| value.as_deref().unwrap_or("-"));
            let direction = finding
                .direction
                .map(|way| format!(" ({way})"))
                .unwrap_or_default();
            let note = finding
                .note
                .as_ref()
                .map(|note| format!("; {note}"))
                .unwrap_or_default();
            format!(
                "{} {}: {was} → {now}{direction}: {}{note}",
                finding.what, finding.change, finding.effects
            )
            .replace("operation ", &format!("{} operation ", finding.name))
        })
        .collect();
    lines.join("\n")
}

#[test]
fn each_kind_in_each_direction() {
    let body = "/paths/~1v1~1shop~1things~1{id}/post/requestBody/content/application~1x-www-form-urlencoded";
    let sent = format!("{body}/schema");
    let received = "/components/schemas/thing";
    let mut text = String::new();
    let mut tell = |title: &str, at: &str, change: &dyn Fn(&mut Value)| {
        let lines = told(|document| change(document.pointer_mut(at).unwrap()));
        text.push_str(&format!("## {title}\n{lines}\n\n"));
    };
    for (way, at) in [("sent", sent.as_str()), ("received", received)] {
        let (required, optional) = if way == "sent" {
            ("name", "parts")
        } else {
            ("id", "description")
        };
        let field = |name: &str| format!("{at}/properties/{name}");
        let word = |title: &str| format!("{way}: {title}");
        let new = || json!({"type": "string", "format": "unix-time"});
        tell(&word("a new optional field"), at, &|schema| {
            schema["properties"]["new"] = new()
        });
        tell(&word("a new required field"), at, &|schema| {
            schema["properties"]["new"] = new();
            schema["required"]
                .as_array_mut()
                .unwrap()
                .push("new".into());
        });
        tell(&word("a required field gone"), at, &|schema| {
            schema["properties"]
                .as_object_mut()
                .unwrap()
                .remove(required);
            schema["required"]
                .as_array_mut()
                .unwrap()
                .retain(|name| name != required);
        });
        tell(&word("an optional field gone"), at, &|schema| {
            schema["properties"]
                .as_object_mut()
                .unwrap()
                .remove(optional);
        });
        tell(&word("a field renamed"), at, &|schema| {
            let fields = schema["properties"].as_object_mut().unwrap();
            let field = fields.remove(optional).unwrap();
            fields.insert(format!("{optional}_v2"), field);
        });
        tell(&word("required made optional"), at, &|schema| {
            schema["required"]
                .as_array_mut()
                .unwrap()
                .retain(|name| name != required);
        });
        tell(&word("optional made required"), at, &|schema| {
            schema["required"]
                .as_array_mut()
                .unwrap()
                .push(optional.into());
        });
        tell(
            &word("a required field nullable"),
            &field(required),
            &|field| {
                field["nullable"] = true.into();
            },
        );
        tell(
            &word("an optional field nullable"),
            &field(optional),
            &|field| {
                field["nullable"] = true.into();
            },
        );
        tell(&word("another type"), &field(required), &|field| {
            field["type"] = "integer".into()
        });
        tell(&word("another format"), &field(required), &|field| {
            field["format"] = "date".into()
        });
        tell(&word("a narrower limit"), &field(required), &|field| {
            field["maxLength"] = 5.into()
        });
        tell(&word("a wider limit"), &field(required), &|field| {
            field["maxLength"] = 50_000.into()
        });
        tell(&word("a default"), &field(optional), &|field| {
            field["default"] = "x".into()
        });
        tell(&word("values listed"), &field(required), &|field| {
            field["enum"] = json!(["x"])
        });
    }
    tell(
        "sent: a value more",
        &format!("{sent}/properties/kind/enum"),
        &|values| {
            *values = json!(["a", "b", "c"]);
        },
    );
    tell(
        "sent: a value less",
        &format!("{sent}/properties/kind/enum"),
        &|values| {
            *values = json!(["a"]);
        },
    );
    tell(
        "sent: values become exact",
        &format!("{sent}/properties/kind"),
        &|field| {
            field
                .as_object_mut()
                .unwrap()
                .remove("x-stripeBypassValidation");
        },
    );
    tell(
        "sent: another encoding",
        &format!("{body}/encoding/parts"),
        &|encoding| {
            encoding["explode"] = false.into();
        },
    );
    tell(
        "received: no longer expandable",
        &format!("{received}/properties/owner"),
        &|owner| {
            *owner = json!({"type": "string"});
        },
    );
    tell(
        "received: one more form",
        &format!("{received}/properties/owner/anyOf"),
        &|forms| {
            forms
                .as_array_mut()
                .unwrap()
                .push(json!({"type": "boolean"}));
        },
    );
    tell(
        "received: null spelt with a wrapper",
        &format!("{received}/properties/part_of"),
        &|part| {
            *part = json!({"nullable": true, "anyOf": [part.clone()]});
        },
    );
    tell(
        "received: a wrapper that says nothing",
        &format!("{received}/properties/part_of"),
        &|part| {
            *part = json!({"anyOf": [part.clone()]});
        },
    );
    let post = "/paths/~1v1~1shop~1things~1{id}/post";
    tell(
        "a parameter renamed",
        &format!("{post}/parameters/1"),
        &|it| it["name"] = "max".into(),
    );
    tell(
        "a parameter required",
        &format!("{post}/parameters/1"),
        &|it| {
            it["required"] = true.into();
        },
    );
    tell(
        "a parameter moved",
        &format!("{post}/parameters/1"),
        &|it| it["in"] = "header".into(),
    );
    tell(
        "a parameter's style spelt out",
        &format!("{post}/parameters/1"),
        &|it| {
            it["style"] = "form".into();
        },
    );
    tell(
        "an operation gone",
        "/paths/~1v1~1shop~1things~1{id}",
        &|item| {
            item.as_object_mut().unwrap().remove("get");
        },
    );
    tell("an operation moved", "/paths", &|paths| {
        let get = paths["/v1/shop/things/{id}"]
            .as_object_mut()
            .unwrap()
            .remove("get")
            .unwrap();
        paths["/v1/shop/thing/{id}"] = json!({"get": get});
    });
    insta::assert_snapshot!("each_kind", text);
}

#[test]
fn a_report_can_be_read_by_people_and_by_tools() {
    let mut document = upstream();
    document["info"]["version"] = "2".into();
    document["components"]["schemas"]["thing"]["properties"]["id"]["nullable"] = true.into();
    document["components"]["schemas"]["thing"]["properties"]["kind"] =
        json!({"type": "string", "enum": ["a", "b"]});
    document["paths"]["/v1/shop/things"]["get"] = json!({"operationId": "ListThings"});
    document["paths"]["/v1/webhook_endpoints"]["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]
        ["schema"]["properties"]["enabled_events"]["items"]["enum"] =
        json!(["thing.created", "thing.lost"]);
    let mut report = drift(&ours(), &document, &example::slice()).unwrap();
    report.outside_before = Some(0);
    insta::assert_snapshot!("text", report.to_text());
    insta::assert_snapshot!("markdown", report.to_markdown());
    insta::assert_snapshot!("json", codegen::canonical_text(&report.to_json()));
}

#[test]
fn the_version_follows_the_gravest_effect() {
    for (effects, before_1_0, from_1_0) in [
        (Effects::NONE, Bump::None, Bump::None),
        (Effects::DOCUMENTS, Bump::Patch, Bump::Patch),
        (Effects::ADDS | Effects::DOCUMENTS, Bump::Patch, Bump::Minor),
        (Effects::BREAKS_DECODING, Bump::Minor, Bump::Major),
        (
            Effects::BREAKS_API | Effects::ADDS,
            Bump::Minor,
            Bump::Major,
        ),
    ] {
        assert_eq!(effects.bump_before_1_0(), before_1_0, "{effects}");
        assert_eq!(effects.bump(), from_1_0, "{effects}");
    }
}

#[test]
fn what_cannot_be_trimmed_at_all_is_an_error() {
    let mut document = upstream();
    document["components"]["schemas"]
        .as_object_mut()
        .unwrap()
        .remove("thing");
    let error = drift(&ours(), &document, &example::slice()).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("#/components/schemas/thing, which is not there"),
        "{error}"
    );
}

#[test]
fn what_lies_beside_the_slice_is_told_once() {
    let ours = ours();
    assert_eq!(
        ours["x-left-out"],
        json!({"events": ["thing.updated"], "operations": ["POST /v1/shop/things"]})
    );
    assert_eq!(trim(&ours, &example::slice()).unwrap().document, ours);
    let report = drift(&ours, &upstream(), &example::slice()).unwrap();
    assert_eq!(report.findings, []);
}
