//! JSON that is written back as it came.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};

/// The name by which `serde_json` is asked for the text of a value. It calls it private: a version that
/// used another one would give values instead, and only the spelling of odd numbers would be lost.
const TEXT: &str = "$serde_json::private::RawValue";

/// A JSON value, and its text where the value does not say it all.
///
/// That is so for numbers (`0.1000`, integers beyond 64 bits), and for what JSON allows and [`Value`]
/// does not hold: `1e400`, the escape of half a surrogate pair, nesting without end. Numbers of any
/// precision are a feature of `serde_json`, but one that changes its numbers in the whole program.
#[derive(Clone)]
pub struct Verbatim {
    value: Option<Value>,
    text: Option<Box<RawValue>>,
}

impl Verbatim {
    fn of_text(text: String) -> Result<Self, serde_json::Error> {
        let value = serde_json::from_str(&text).ok();
        let is_exact = value.is_some() && is_exact(&text);
        let text = (!is_exact)
            .then(|| RawValue::from_string(text))
            .transpose()?;
        Ok(Self { value, text })
    }

    /// An object of which the fields are read already.
    fn of_fields(fields: Vec<(String, Self)>) -> Result<Self, serde_json::Error> {
        if fields.iter().all(|(_, field)| field.text.is_none()) {
            let values = fields.into_iter();
            let values: Map<_, _> = values
                .filter_map(|(name, it)| Some((name, it.value?)))
                .collect();
            return Ok(Value::Object(values).into());
        }
        let mut text = String::from("{");
        for (name, field) in &fields {
            if text.len() > 1 {
                text.push(',');
            }
            text.push_str(&serde_json::to_string(name)?);
            text.push(':');
            text.push_str(&field.json());
        }
        text.push('}');
        Self::of_text(text)
    }

    /// The value, if one holds it.
    pub fn value(&self) -> Option<&Value> {
        self.value.as_ref()
    }

    /// The value, owned.
    pub(crate) fn into_value(self) -> Option<Value> {
        self.value
    }

    /// The JSON: verbatim where that makes a difference.
    pub(crate) fn json(&self) -> Cow<'_, str> {
        match (&self.text, &self.value) {
            (Some(text), _) => text.get().into(),
            (None, Some(value)) => value.to_string().into(),
            (None, None) => "null".into(),
        }
    }

    /// A field of an object, whatever its other fields hold.
    pub(crate) fn part(&self, name: &str) -> Option<Self> {
        match (&self.text, &self.value) {
            (Some(text), _) => fields(text)?.remove(name),
            (None, value) => value.as_ref()?.get(name).cloned().map(Self::from),
        }
    }

    /// The value of a field of an object.
    pub(crate) fn field(&self, name: &str) -> Option<Value> {
        match &self.value {
            Some(value) => value.get(name).cloned(),
            None => self.part(name)?.value,
        }
    }

    /// The same with a value: if none holds it, one in which null stands for what has none.
    pub(crate) fn with_some_value(mut self) -> Self {
        let fields = match (&self.value, &self.text) {
            (None, Some(text)) => fields(text),
            _ => return self,
        };
        let values = fields.map(|fields| {
            let values = fields.into_iter();
            values
                .map(|(name, field)| (name, field.value.unwrap_or_default()))
                .collect()
        });
        self.value = Some(values.map_or(Value::Null, Value::Object));
        self
    }

    /// Decodes it, by the text if there is one.
    ///
    /// # Errors
    ///
    /// Why it does not decode, without the position, which would be that within this value.
    pub fn decode<T: DeserializeOwned>(self) -> Result<T, String> {
        let decoded = match (self.text, self.value) {
            (Some(text), _) => serde_json::from_str(text.get()),
            (None, value) => serde_json::from_value(value.unwrap_or_default()),
        };
        decoded.map_err(|failure| {
            let text = failure.to_string();
            match text.rsplit_once(" at line ") {
                Some((reason, _)) => reason.to_owned(),
                None => text,
            }
        })
    }
}

/// The fields of an object, one level deep.
fn fields(text: &RawValue) -> Option<BTreeMap<String, Verbatim>> {
    serde_json::from_str(text.get()).ok()
}

/// The texts of all numbers in a JSON text.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(|it: char| it == '"' || it == '-' || it.is_ascii_digit())?;
            rest = &rest[start..];
            if let Some(string) = rest.strip_prefix('"') {
                rest = after_string(string);
                continue;
            }
            let is_part = |it: char| it.is_ascii_digit() || "+-.eE".contains(it);
            let end = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
            let (number, after) = rest.split_at(end);
            rest = after;
            return Some(number);
        }
    })
}

/// What follows a string, of which the first quotation mark is read.
fn after_string(text: &str) -> &str {
    let mut is_escaped = false;
    let end = text.find(|it| {
        let is_end = it == '"' && !is_escaped;
        is_escaped = it == '\\' && !is_escaped;
        is_end
    });
    end.map_or("", |end| &text[end + 1..])
}

/// Whether every number of a JSON text is written as it is read.
pub(crate) fn is_exact(text: &str) -> bool {
    numbers(text).all(|number| {
        serde_json::from_str::<Number>(number).is_ok_and(|read| read.to_string() == number)
    })
}

impl From<Value> for Verbatim {
    fn from(value: Value) -> Self {
        Self {
            value: Some(value),
            text: None,
        }
    }
}

impl PartialEq for Verbatim {
    fn eq(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (None, None) => self.json() == other.json(),
            (mine, its) => mine == its,
        }
    }
}

impl Eq for Verbatim {}

impl fmt::Debug for Verbatim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verbatim").finish_non_exhaustive()
    }
}

impl Serialize for Verbatim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (&self.text, &self.value) {
            // Only a format of text is possibly JSON.
            (Some(text), None) => text.serialize(serializer),
            (Some(text), Some(_)) if serializer.is_human_readable() => text.serialize(serializer),
            (_, Some(value)) => value.serialize(serializer),
            (None, None) => Err(S::Error::custom("there is no value")),
        }
    }
}

impl<'de> Deserialize<'de> for Verbatim {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(TEXT, VerbatimVisitor)
    }
}

/// Takes the text from `serde_json`, and a value from any other format.
struct VerbatimVisitor;

impl<'de> Visitor<'de> for VerbatimVisitor {
    type Value = Verbatim;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Verbatim, D::Error> {
        Value::deserialize(inner).map(Verbatim::from)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Verbatim, A::Error> {
        let mut fields = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if name == TEXT && fields.is_empty() {
                return Verbatim::of_text(map.next_value()?).map_err(A::Error::custom);
            }
            fields.push((name, map.next_value()?));
        }
        Verbatim::of_fields(fields).map_err(A::Error::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Verbatim, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(seq)).map(Verbatim::from)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Verbatim, D::Error> {
        Verbatim::deserialize(inner)
    }

    fn visit_none<E>(self) -> Result<Verbatim, E> {
        Ok(Value::Null.into())
    }

    fn visit_unit<E>(self) -> Result<Verbatim, E> {
        Ok(Value::Null.into())
    }

    fn visit_bool<E>(self, value: bool) -> Result<Verbatim, E> {
        Ok(Value::from(value).into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Verbatim, E> {
        Ok(Value::from(value).into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Verbatim, E> {
        Ok(Value::from(value).into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Verbatim, E> {
        Ok(Value::from(value).into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Verbatim, E> {
        Ok(Value::from(value).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_outside_of_strings() {
        let text = r#"{"a1":-1.50,"b":["2",3,4e5],"\\":6,"c\"7":null,"d":1e400}"#;
        let found: Vec<_> = numbers(text).collect();
        assert_eq!(found, ["-1.50", "3", "4e5", "6", "1e400"]);
    }

    #[test]
    fn the_text_is_kept_where_it_makes_a_difference() {
        for (text, is_kept) in [
            ("0", false),
            ("-7", false),
            ("18446744073709551615", false),
            ("18446744073709551616", true),
            ("0.1", false),
            ("0.10", true),
            ("1e2", true),
            ("-0", true),
            (r#"{"a":[1,"0.10"]}"#, false),
            (r#"{"a":[1,0.10]}"#, true),
            (r#""\ud800""#, true),
        ] {
            let read: Verbatim = serde_json::from_str(text).unwrap();
            assert_eq!(read.text.is_some(), is_kept, "{text}");
            assert_eq!(serde_json::to_string(&read).unwrap(), text);
        }
    }

    #[test]
    fn names_that_look_like_the_text_of_a_value_lose_nothing() {
        let text = format!(r#"{{"a":1,"{TEXT}":"x"}}"#);
        let read: Verbatim = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap().len(), text.len());
    }
}
