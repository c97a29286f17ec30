//! Reads each fixture as its type, writes it, and prints what does not come back.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn main() {
    let path = std::env::var("FIXTURES").unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let fixtures: Value = serde_json::from_str(&text).unwrap();
    let resources = &fixtures["resources"];
    CHECKS
}

fn check<T: DeserializeOwned + Serialize>(name: &str, fixture: &Value) {
    let object: T = match serde_json::from_str(&fixture.to_string()) {
        Ok(object) => object,
        Err(error) => {
            // The place in the text means nothing to a reader, who has no such text.
            let error = error.to_string();
            let (error, _) = error.split_once(" at line ").unwrap_or((&error, ""));
            println!("{name}: {error}");
            return;
        }
    };
    let back = serde_json::to_value(&object).unwrap();
    let mut differences = Vec::new();
    compare("", fixture, &back, &mut differences);
    match differences.is_empty() {
        true => println!("{name}: whole"),
        false => println!("{name}: {}", differences.join("; ")),
    }
}

fn compare(at: &str, before: &Value, after: &Value, differences: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (key, value) in before {
                let at = format!("{at}.{key}");
                match after.get(key) {
                    Some(after) => compare(&at, value, after, differences),
                    None => differences.push(format!("{at} is lost")),
                }
            }
            let new = after.keys().filter(|key| !before.contains_key(*key));
            differences.extend(new.map(|key| format!("{at}.{key} is new")));
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                compare(&format!("{at}[{index}]"), before, after, differences);
            }
        }
        _ if before == after => {}
        _ => differences.push(format!("{at} is {after}, and was {before}")),
    }
}
