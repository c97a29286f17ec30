//! Filters by a number or by a range of numbers.

use crate::form::{Encode, Form};
use crate::types::Timestamp;

/// A filter by time: one exact second, or a range open on either side.
///
/// ```
/// # use stripe_client_runtime::{RangeQuery, Timestamp};
/// let since = RangeQuery::new().gte(Timestamp::from_unix_seconds(1_790_000_000));
/// let exactly = RangeQuery::from(Timestamp::from_unix_seconds(1_790_000_000));
/// assert_ne!(since, exactly);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RangeQuery {
    exact: Option<Timestamp>,
    gt: Option<Timestamp>,
    gte: Option<Timestamp>,
    lt: Option<Timestamp>,
    lte: Option<Timestamp>,
}

impl RangeQuery {
    /// A range without bounds.
    pub fn new() -> Self {
        Self::default()
    }

    /// Later than `time`.
    #[must_use]
    pub fn gt(self, time: impl Into<Timestamp>) -> Self {
        Self {
            exact: None,
            gt: Some(time.into()),
            ..self
        }
    }

    /// At `time` or later.
    #[must_use]
    pub fn gte(self, time: impl Into<Timestamp>) -> Self {
        Self {
            exact: None,
            gte: Some(time.into()),
            ..self
        }
    }

    /// Earlier than `time`.
    #[must_use]
    pub fn lt(self, time: impl Into<Timestamp>) -> Self {
        Self {
            exact: None,
            lt: Some(time.into()),
            ..self
        }
    }

    /// At `time` or earlier.
    #[must_use]
    pub fn lte(self, time: impl Into<Timestamp>) -> Self {
        Self {
            exact: None,
            lte: Some(time.into()),
            ..self
        }
    }
}

impl From<Timestamp> for RangeQuery {
    /// That exact second.
    fn from(time: Timestamp) -> Self {
        Self {
            exact: Some(time),
            ..Self::default()
        }
    }
}

impl Encode for RangeQuery {
    fn encode(&self, form: &mut Form) {
        self.exact.encode(form);
        form.field("gt", &self.gt);
        form.field("gte", &self.gte);
        form.field("lt", &self.lt);
        form.field("lte", &self.lte);
    }

    fn owns(rest: &str) -> bool {
        matches!(rest, "" | "[gt]" | "[gte]" | "[lt]" | "[lte]")
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for RangeQuery {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RangeQuery".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut object = crate::schema::ObjectSchema::closed();
        for bound in ["gt", "gte", "lt", "lte"] {
            object.optional(bound, generator.subschema_for::<Timestamp>());
        }
        schemars::json_schema!({ "anyOf": [object.finish(), generator.subschema_for::<Timestamp>()] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(range: RangeQuery, expected: &str) {
        let mut form = Form::new();
        form.field("at", &range);
        assert_eq!(form.finish(), expected);
    }

    #[test]
    fn each_bound_and_the_exact_form() {
        let time = Timestamp::from_unix_seconds;
        check(RangeQuery::new(), "");
        check(time(7).into(), "at=7");
        check(
            RangeQuery::new().gt(time(1)).lte(time(2)),
            "at[gt]=1&at[lte]=2",
        );
        check(
            RangeQuery::new().gte(time(1)).lt(time(2)),
            "at[gte]=1&at[lt]=2",
        );
        check(RangeQuery::from(time(7)).gt(time(1)), "at[gt]=1");
    }
}
