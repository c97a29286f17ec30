//! Currencies and amounts.

use std::collections::BTreeMap;

use super::text::escaped;

/// A three-letter ISO 4217 currency code as the API writes it, in lower case: `usd`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(String);

/// An amount per currency, each in the currency's smallest unit: `{"usd": 1050}` is 10.50 US dollars.
pub type Amounts = BTreeMap<Currency, i64>;

impl Currency {
    /// The code, in the API's lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Currency {
    fn from(code: &str) -> Self {
        Self(code.to_owned())
    }
}

impl From<String> for Currency {
    fn from(code: String) -> Self {
        Self(code)
    }
}

impl std::borrow::Borrow<str> for Currency {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&escaped(&self.0))
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Currency {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Currency".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "x-type": "Currency" })
    }
}

crate::__stripe_text_v1!(Currency);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_looked_up_by_text() {
        let amounts: Amounts = serde_json::from_str(r#"{"usd": -1050, "eur": 3}"#).unwrap();
        assert_eq!(amounts.get("usd"), Some(&-1050));
        assert_eq!(
            serde_json::to_string(&amounts).unwrap(),
            r#"{"eur":3,"usd":-1050}"#
        );
    }
}
