//! A request that is made from the document, and spoilt.

use serde_json::Value;

use super::dice::Dice;
use super::pool::Pool;

/// Makes one request.
pub(super) struct Generator<'a> {
    pub(super) dice: Dice,
    pub(super) document: &'a Value,
    pub(super) pool: &'a Pool,
    pub(super) pairs: Vec<(String, String)>,
}

impl Generator<'_> {
    fn resolve<'b>(&'b self, schema: &'b Value) -> &'b Value {
        match schema["$ref"].as_str() {
            Some(reference) => self.document.pointer(&reference[1..]).unwrap(),
            None => schema,
        }
    }

    /// A value for a schema, as pairs of a form.
    pub(super) fn value(&mut self, schema: &Value, name: &str) {
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
    pub(super) fn expansion(&mut self, schema: &Value) -> String {
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
    pub(super) fn agree(&mut self) {
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
    pub(super) fn spoil(&mut self) {
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
    pub(super) fn form(&mut self) -> String {
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
