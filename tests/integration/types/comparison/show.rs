//! A type as a reviewer reads it: a line for each field.

use std::fmt::Write;

use super::document::Reading;
use super::facts::Facts;

/// The type `name`.
pub(crate) fn shape(name: &str, reading: &Reading, types: &Facts) -> String {
    let mut text = String::new();
    if types.get(name, "type").contains("object") {
        for field in types.fields(name) {
            let place = format!("{name}.{field}");
            let presence = presence(&place, reading, types);
            let shape = Shape { reading, types }.of(&place);
            writeln!(text, "{field}: {shape}, {presence}").unwrap();
        }
        if types.has(name, "additional", "closed") {
            text.push_str("and nothing else\n");
        }
    } else {
        for value in types.get(name, "enum") {
            writeln!(text, "{value}").unwrap();
        }
        text.push_str("or a value that is not known yet\n");
    }
    text
}

/// All operations, and how each parameter is sent.
pub(crate) fn operations(types: &Facts, reading: &Reading) -> String {
    let mut text = String::new();
    let names = types.iter().filter(|(_, keyword, _)| *keyword == "path");
    for (name, _, path) in names {
        let said = |keyword| types.one(name, keyword).unwrap_or("?");
        let path = path.first().map(String::as_str).unwrap_or_default();
        let answer = format!("{name}>200");
        let answer = Shape { reading, types }.of(&answer);
        writeln!(text, "{} {path}", said("method").to_uppercase()).unwrap();
        writeln!(text, "  {name} -> {answer}").unwrap();
        let in_path = types.iter().filter(|(place, keyword, _)| {
            *keyword == "in"
                && place
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with('{'))
        });
        for (place, _, _) in in_path {
            let wire = place[name.len()..].trim_matches(['{', '}']);
            let shape = Shape { reading, types }.of(place);
            writeln!(text, "  {wire}: {shape}, in the path, required").unwrap();
        }
        let parameters = said("parameters");
        for field in types.fields(parameters) {
            let place = format!("{parameters}.{field}");
            let at = format!("{name}?{field}");
            let carrier = types.one(&at, "in").unwrap_or("?");
            let sent = match types.one(&at, "style") {
                Some("deepObject") => format!("{field}[…]="),
                _ => format!("{field}="),
            };
            let shape = Shape { reading, types }.of(&place);
            let presence = presence(&place, reading, types);
            writeln!(text, "  {field}: {shape}, {carrier} {sent}, {presence}").unwrap();
        }
        text.push('\n');
    }
    text
}

fn presence(place: &str, reading: &Reading, types: &Facts) -> String {
    let says = |facts: &Facts, keyword, value| facts.one(place, keyword) == Some(value);
    let mut presence = match (
        says(types, "required", "true"),
        says(&reading.facts, "required", "true"),
    ) {
        (true, _) => "required",
        (false, true) => "optional though the document requires it",
        (false, false) => "optional",
    }
    .to_owned();
    if says(&reading.facts, "nullable", "true") {
        presence += ", may be null";
    }
    if says(types, "sensitive", "true") {
        presence += ", not shown";
    }
    presence
}

struct Shape<'f> {
    reading: &'f Reading,
    types: &'f Facts,
}

impl Shape<'_> {
    fn of(&self, place: &str) -> String {
        let one = |keyword| self.types.one(place, keyword);
        if let Some(name) = one("ref") {
            return self.named(name, place);
        }
        if let Some(count) = one("anyOf").and_then(|count| count.parse().ok()) {
            let sides = (1..=count).map(|side: usize| self.of(&format!("{place}|{side}")));
            return sides.collect::<Vec<_>>().join(" or ");
        }
        if let Some(name) = one("id").or(one("named")) {
            return name.to_owned() + &self.limits(place);
        }
        match (one("type"), one("format")) {
            (Some("array"), _) => format!("list of {}", self.of(&format!("{place}[]"))),
            (Some("integer"), Some("unix-time")) => "time".to_owned(),
            (Some("integer"), Some("int64")) => "integer".to_owned(),
            (Some("object"), _) => self.object(place),
            (Some("string"), None) if !self.types.get(place, "enum").is_empty() => {
                format!("{:?}", one("enum").unwrap_or("?"))
            }
            (Some(kind), None) => kind.to_owned() + &self.limits(place),
            (kind, format) => format!("{} ({})", kind.unwrap_or("?"), format.unwrap_or("?")),
        }
    }

    fn named(&self, name: &str, place: &str) -> String {
        let values: Vec<&str> = self
            .types
            .get(name, "enum")
            .iter()
            .map(String::as_str)
            .collect();
        match (values.is_empty(), self.reading.facts.one(place, "enum")) {
            (true, _) => name.to_owned(),
            // A tag has one value at each place.
            (false, Some(tag)) => format!("{tag:?}"),
            (false, None) => format!("open enum {}", values.join(" | ")),
        }
    }

    fn object(&self, place: &str) -> String {
        if self.types.has(&format!("{place}.object"), "enum", "list") {
            return format!("page of {}", self.of(&format!("{place}.data[]")));
        }
        if self.types.has(place, "additional", "map") {
            return format!("{} by currency", self.of(&format!("{place}{{}}")));
        }
        let fields: Vec<&str> = self.types.fields(place).collect();
        match fields.is_empty() {
            true => "object".to_owned(),
            false => format!("{{{}}}", fields.join(", ")),
        }
    }

    /// The limit that the document gives, and that is left to the API.
    fn limits(&self, place: &str) -> String {
        match self.reading.facts.one(place, "maxLength") {
            // What the document says of nearly every text.
            Some("5000") => String::new(),
            Some(limit) => format!(" of at most {limit}"),
            None if self.reading.facts.one(place, "type") == Some("string") => {
                " of any length".to_owned()
            }
            None => String::new(),
        }
    }
}
