//! Thousands of requests made from the document, valid ones and spoilt ones: no fault of the
//! sandbox, no panic, every answer as the document has it.
//!
//! The sandbox checks its answers against the document itself and fails the test when it is dropped;
//! here the requests come from the same document, by other code.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use stripe_financial_connections_sandbox::{Feature, NewAccount, Operation, Sandbox};

const DOCUMENT: &str = include_str!("../../../../../openapi/financial-connections.json");
const REQUESTS: usize = 4_000;

/// SplitMix64, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }

    fn pick<'a, T>(&mut self, among: &'a [T]) -> &'a T {
        &among[self.roll(among.len())]
    }
}

/// Ids that exist, by the word that a parameter of them has in its name.
type Pool = BTreeMap<&'static str, Vec<String>>;

struct Generator<'a> {
    dice: Dice,
    document: &'a Value,
    pool: &'a Pool,
    pairs: Vec<(String, String)>,
}

impl Generator<'_> {
    fn resolve<'b>(&'b self, schema: &'b Value) -> &'b Value {
        match schema["$ref"].as_str() {
            Some(reference) => self.document.pointer(&reference[1..]).unwrap(),
            None => schema,
        }
    }

    /// A value for a schema, as pairs of a form.
    fn value(&mut self, schema: &Value, name: &str) {
        if let Some(variants) = schema["anyOf"].as_array() {
            let variant = self.dice.pick(variants).clone();
            return self.value(&variant, name);
        }
        match schema["type"].as_str().unwrap() {
            "object" => {
                let required = schema["required"].as_array().cloned().unwrap_or_default();
                for (key, inner) in schema["properties"].as_object().unwrap() {
                    if required.contains(&key.as_str().into()) || self.dice.one_in(2) {
                        self.value(inner, &format!("{name}[{key}]"));
                    }
                }
            }
            "array" => {
                let indexed = self.dice.one_in(2);
                for at in 0..=self.dice.roll(2) {
                    let index = if indexed {
                        at.to_string()
                    } else {
                        String::new()
                    };
                    self.value(&schema["items"], &format!("{name}[{index}]"));
                }
            }
            "integer" => {
                let value = *self
                    .dice
                    .pick(&[1, 2, 10, 100, 101, 0, -1, 1_790_812_800, i64::MAX]);
                self.pairs.push((name.to_owned(), value.to_string()));
            }
            _ => {
                let value = self.text(schema, name);
                self.pairs.push((name.to_owned(), value));
            }
        }
    }

    fn text(&mut self, schema: &Value, name: &str) -> String {
        if let Some(values) = schema["enum"].as_array() {
            return self.dice.pick(values).as_str().unwrap().to_owned();
        }
        let of_name = |word: &&&str| name.contains(**word);
        let pool = self.pool;
        match pool
            .keys()
            .filter(of_name)
            .max_by_key(|word| name.rfind(**word))
        {
            Some(word) => self.dice.pick(&pool[word]).clone(),
            None => (*self.dice.pick(&["US", "text", "a b&c=d", "ü✓"])).to_owned(),
        }
    }

    /// A path that the document allows to be expanded in an answer.
    fn expansion(&mut self, schema: &Value) -> String {
        let mut path = Vec::new();
        let mut schema = self.resolve(schema).clone();
        while path.len() < 4 {
            if let Some(variants) = schema["anyOf"].as_array() {
                schema = self.resolve(variants.last().unwrap()).clone();
            }
            if schema["type"] == "array" {
                schema = self.resolve(&schema["items"]).clone();
            }
            let Some(fields) = schema["x-expandableFields"].as_array() else {
                break;
            };
            if fields.is_empty() || (!path.is_empty() && self.dice.one_in(2)) {
                break;
            }
            let field = self.dice.pick(fields).as_str().unwrap().to_owned();
            schema = self.resolve(&schema["properties"][&field]).clone();
            path.push(field);
        }
        path.join(".")
    }

    /// Makes the holder of a session one of a kind, and its prefetch permitted: the document does
    /// not say that they must be.
    fn agree(&mut self) {
        self.pairs.retain(|(name, _)| {
            !name.starts_with("account_holder") && !name.starts_with("prefetch")
        });
        let kinds = [
            ("account", "account"),
            ("customer", "customer"),
            ("customer", "customer_account"),
        ];
        let (kind, field) = *self.dice.pick(&kinds);
        let id: &String = self.dice.pick(&self.pool[format!("[{field}]").as_str()]);
        self.pairs
            .push(("account_holder[type]".to_owned(), kind.to_owned()));
        self.pairs
            .push((format!("account_holder[{field}]"), id.clone()));
    }

    /// Spoils a request in one of many ways.
    fn spoil(&mut self) {
        let at = self.dice.roll(self.pairs.len() + 1);
        let garbage = [
            "",
            "\u{0}",
            "[",
            "]",
            "[]",
            "[[",
            "a[b]",
            "a[0][1][2][3][4][5][6][7][8][9]",
            "%",
            "null",
            "-",
            "1e9",
            "99999999999999999999",
            "ü✓",
            "..",
            "data.data.data.data.data",
        ];
        let text = self.dice.pick(&garbage).to_string();
        match (self.dice.roll(6), self.pairs.get_mut(at)) {
            (0, Some(_)) => {
                self.pairs.remove(at);
            }
            (1, Some(pair)) => pair.1 = text,
            (2, Some(pair)) => pair.0 = format!("{}[{text}]", pair.0),
            (3, Some(pair)) => pair.0 = text,
            (4, Some(_)) => {
                let pair = self.pairs[at].clone();
                self.pairs.push(pair);
            }
            _ => self.pairs.push((text, "x".repeat(self.dice.roll(6_000)))),
        }
    }

    /// The form, with names and values encoded as much as some client would.
    fn form(&mut self) -> String {
        let raw_brackets = self.dice.one_in(2);
        let encode = |text: &str, brackets: bool| {
            let mut out = String::new();
            for byte in text.bytes() {
                match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.' => {
                        out.push(char::from(byte));
                    }
                    b'[' | b']' if brackets => out.push(char::from(byte)),
                    b' ' => out.push('+'),
                    _ => out.push_str(&format!("%{byte:02X}")),
                }
            }
            out
        };
        let pairs: Vec<String> = self
            .pairs
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name, raw_brackets), encode(value, false)))
            .collect();
        pairs.join("&")
    }
}

fn pool(sandbox: &Sandbox) -> Pool {
    let control = sandbox.control();
    let connected = control.create_connected_account();
    let customer = control.create_customer();
    let holder = control.customer_account(&customer).unwrap();
    let new = NewAccount::new().customer(&customer).transactions(15);
    let accounts: Vec<String> = (0..12)
        .map(|at| match at % 3 {
            0 => control.create_account(&new.clone().refreshed(Feature::ALL.iter().copied())),
            1 => control.create_account(&new),
            _ => control.create_account(&NewAccount::new().permissions([])),
        })
        .collect();
    control.deactivate(&accounts[3]).unwrap();
    control.disconnect(&accounts[6]).unwrap();
    Pool::from([
        ("account", accounts),
        ("[account]", vec![connected, control.platform_account()]),
        ("[customer]", vec![customer]),
        ("[customer_account]", vec![holder]),
    ])
}

/// Keeps ids of an answer, to ask for them later.
fn learn(pool: &mut Pool, answer: &Value) {
    let empty = Vec::new();
    let items = answer["data"].as_array().unwrap_or(&empty);
    for item in items.iter().chain([answer]) {
        let word = match item["object"].as_str() {
            Some("financial_connections.session") => "session",
            Some("financial_connections.transaction") => "transaction",
            Some("financial_connections.account") => {
                if let Some(ownership) = item["ownership"].as_str() {
                    let pair = format!("{} {ownership}", item["id"].as_str().unwrap());
                    let owned = pool.entry("owned").or_default();
                    owned.insert(0, pair);
                    owned.truncate(20);
                }
                if let Some(id) = item["transaction_refresh"]["id"].as_str() {
                    pool.entry("[after]").or_default().push(id.to_owned());
                }
                "account"
            }
            _ => continue,
        };
        let id = item["id"].as_str().unwrap().to_owned();
        for word in [word, "starting_after", "ending_before"] {
            let known = pool.entry(word).or_default();
            if !known.contains(&id) && known.len() < 50 {
                known.push(id.clone());
            }
        }
    }
}

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
                control.reactivate(account).unwrap();
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
