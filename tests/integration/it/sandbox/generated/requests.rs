//! Thousands of requests made from the document, valid ones and spoilt ones: no fault of the
//! sandbox, no panic, every answer as the document has it.
//!
//! The sandbox checks its answers against the document itself and fails the test when it is dropped;
//! here the requests come from the same document, by other code.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use stripe_financial_connections_sandbox::{Feature, NewAccount, Operation, Sandbox};

use super::dice::Dice;
use super::generator::Generator;
use super::pool::{learn, pool};

const DOCUMENT: &str = include_str!("../../../../../openapi/financial-connections.json");
const REQUESTS: usize = 4_000;

/// The parameters of an operation, as one schema; written apart from the sandbox's own reading.
fn parameters(described: &Value) -> Vec<(String, Value, bool)> {
    let body = &described["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"];
    let required = body["required"].as_array().cloned().unwrap_or_default();
    let of_body = body["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, schema)| {
            (
                name.clone(),
                schema.clone(),
                required.contains(&name.as_str().into()),
            )
        });
    let listed = described["parameters"].as_array().into_iter().flatten();
    let of_query = listed.filter(|param| param["in"] == "query").map(|param| {
        let name = param["name"].as_str().unwrap().to_owned();
        (name, param["schema"].clone(), param["required"] == true)
    });
    of_body.chain(of_query).collect()
}

#[tokio::test]
async fn no_request_made_from_the_document_breaks_the_sandbox() {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let sandbox = Sandbox::start().await.unwrap();
    let control = sandbox.control();
    let client = reqwest::Client::new();
    let mut pool = pool(&sandbox);
    let mut dice = Dice(4);
    let mut statuses = BTreeMap::<u16, usize>::new();
    let mut succeeded = BTreeMap::<Operation, usize>::new();
    for number in 0..REQUESTS {
        let operation = *dice.pick(&Operation::ALL);
        let method = if operation.writes() { "post" } else { "get" };
        let described = &document["paths"][operation.path()][method];
        let answer = &described["responses"]["200"]["content"]["application/json"]["schema"];
        let mut generator = Generator {
            dice: Dice(number as u64),
            document: &document,
            pool: &pool,
            pairs: Vec::new(),
        };
        for (name, schema, required) in parameters(described) {
            if name == "expand" {
                if generator.dice.one_in(3) {
                    let path = generator.expansion(answer);
                    generator.pairs.push(("expand[]".to_owned(), path));
                }
            } else if required || generator.dice.one_in(4) {
                generator.value(&schema, &name);
            }
        }
        let owned = pool.get("owned").and_then(|owned| {
            let pair = dice.pick(owned).split_once(' ');
            pair.filter(|_| operation == Operation::AccountsOwners)
        });
        if let Some((_, ownership)) = owned {
            generator.pairs.retain(|(name, _)| name != "ownership");
            generator
                .pairs
                .push(("ownership".to_owned(), ownership.to_owned()));
        }
        if operation == Operation::SessionsCreate && generator.dice.one_in(2) {
            generator.agree();
        }
        let spoilt = generator.dice.one_in(2);
        if spoilt {
            for _ in 0..=generator.dice.roll(2) {
                generator.spoil();
            }
        }
        let form = generator.form();
        let mut path = operation.path().to_owned();
        if let (Some(start), Some(end)) = (path.find('{'), path.find('}')) {
            let id = match pool.get(&path[start + 1..end]) {
                Some(_) if owned.is_some() => owned.unwrap().0.to_owned(),
                Some(ids) if !dice.one_in(8) => dice.pick(ids).clone(),
                _ => (*dice.pick(&["fca_none", "%00", "%ff", "..", "%2F", "x"])).to_owned(),
            };
            path.replace_range(start..=end, &id);
        }
        let url = format!("{}{path}", sandbox.base_url());
        let mut request = if operation.writes() {
            let request = client.post(url).body(form.clone());
            request.header("content-type", "application/x-www-form-urlencoded")
        } else {
            client.get(format!("{url}?{form}"))
        };
        request = request.bearer_auth(sandbox.key());
        if dice.one_in(3) {
            request = request.header("idempotency-key", format!("key-{}", dice.roll(200)));
        }
        if dice.one_in(20) {
            request = request.header("stripe-account", control.platform_account());
        }
        let reply = request.send().await.unwrap();
        let status = reply.status().as_u16();
        let replayed = reply.headers().contains_key("idempotent-replayed");
        let body = reply.text().await.unwrap();
        let body: Value = serde_json::from_str(&body).expect("JSON");
        let said = format!("request {number}, {operation:?} {path} {form}: {status} {body}");
        assert!(status == 200 || (400..500).contains(&status), "{said}");
        if !spoilt && !replayed {
            // What the document allows is never refused for its form; for what it says, it may be.
            let code = body["error"]["code"].as_str().unwrap_or_default();
            let of_form = [
                "parameter_unknown",
                "parameter_invalid_empty",
                "parameter_invalid_integer",
            ];
            assert!(!of_form.contains(&code), "{said}");
        }
        *statuses.entry(status).or_default() += 1;
        if status == 200 {
            *succeeded.entry(operation).or_default() += 1;
            learn(&mut pool, &body);
        }
        match dice.roll(40) {
            0 => control.end_refreshes(),
            1 => control.advance(Duration::from_secs(7_200)),
            2 => {
                let account: &String = dice.pick(&pool["account"]);
                // Refused for a disconnected one.
                let _ = control.reactivate(account);
            }
            3..=6 => {
                // Accounts are disconnected all the time; fresh ones take their places.
                let new = NewAccount::new().transactions(3);
                let id = control.create_account(&new.refreshed(Feature::ALL.iter().copied()));
                let accounts = pool.get_mut("account").unwrap();
                accounts.remove(0);
                accounts.push(id);
            }
            _ => {}
        }
    }
    println!("{statuses:?} {succeeded:?}");
    assert_eq!(sandbox.violations(), [""; 0]);
    for operation in Operation::ALL {
        let count = succeeded.get(&operation).copied().unwrap_or_default();
        assert!(
            count >= 20,
            "{operation:?} succeeded {count} times only: {succeeded:?}"
        );
    }
    assert!(statuses[&400] > 500, "{statuses:?}");
}
