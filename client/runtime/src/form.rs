//! Parameters on the wire: `application/x-www-form-urlencoded` with nested keys.
//!
//! The API reads the same form in a query string and in a body. Keys are written as the vendor's own
//! clients write them, with indices for arrays and literal brackets:
//! `account_holder[customer]=cus_1&features[0]=balance`.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stays readable in a value: the unreserved characters of RFC 3986.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// In a key the brackets are structure, and stay.
const KEY: &AsciiSet = &VALUE.remove(b'[').remove(b']');

/// A value that can stand in a form, at the key at which the form currently is.
pub trait Encode {
    /// Appends the pairs of this value; a value that is absent appends none.
    fn encode(&self, form: &mut Form);

    /// Whether this type writes the key that is nested in its own like this: ``, `[customer]`,
    /// `[0][name]`. A request does not take such a key as an extra parameter.
    fn owns(rest: &str) -> bool
    where
        Self: Sized,
    {
        rest.is_empty()
    }
}

/// Whether the type of a field, which the compiler infers from an accessor that is never called, owns
/// a key.
pub fn field_owns<O, T: Encode>(_field: fn(&O) -> &T, rest: &str) -> bool {
    T::owns(rest)
}

/// The first of the nested names, and the rest: `[a][b]` is `a` and `[b]`.
pub fn first_name(rest: &str) -> Option<(&str, &str)> {
    rest.strip_prefix('[')?.split_once(']')
}

/// The key of a parameter as [`Encode::owns`] takes it: `a[b]` is `[a][b]`.
pub(crate) fn nested(key: &str) -> String {
    let (first, rest) = key.split_at(key.find('[').unwrap_or(key.len()));
    format!("[{first}]{rest}")
}

/// Collects key-value pairs, already encoded.
#[derive(Clone, Debug, Default)]
pub struct Form {
    text: String,
    key: String,
}

impl Form {
    /// An empty form.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Appends one pair under a key that is written out in full, for example `expand[0]`.
    pub(crate) fn push(&mut self, key: &str, value: &str) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        self.text.extend(utf8_percent_encode(key, KEY));
        self.text.push('=');
        self.text.extend(utf8_percent_encode(value, VALUE));
    }

    /// Appends a field of the value at the current key: `name`, or `key[name]` when nested.
    pub fn field(&mut self, name: &str, value: &(impl Encode + ?Sized)) {
        let outer = self.key.len();
        if outer == 0 {
            self.key.push_str(name);
        } else {
            self.key.push('[');
            self.key.push_str(name);
            self.key.push(']');
        }
        value.encode(self);
        self.key.truncate(outer);
    }

    /// Appends a scalar at the current key.
    pub fn scalar(&mut self, value: &str) {
        let key = std::mem::take(&mut self.key);
        self.push(&key, value);
        self.key = key;
    }

    /// The pairs of another form, and then these.
    pub(crate) fn after(self, mut first: Self) -> Self {
        if !first.text.is_empty() && !self.text.is_empty() {
            first.text.push('&');
        }
        first.text.push_str(&self.text);
        first
    }

    /// The encoded text; empty when nothing was appended.
    pub(crate) fn finish(self) -> String {
        self.text
    }
}

impl Encode for () {
    fn encode(&self, _: &mut Form) {}
}

impl Encode for str {
    fn encode(&self, form: &mut Form) {
        form.scalar(self);
    }
}

impl Encode for String {
    fn encode(&self, form: &mut Form) {
        form.scalar(self);
    }
}

impl Encode for bool {
    fn encode(&self, form: &mut Form) {
        form.scalar(if *self { "true" } else { "false" });
    }
}

impl Encode for i64 {
    fn encode(&self, form: &mut Form) {
        form.scalar(&self.to_string());
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, form: &mut Form) {
        if let Some(value) = self {
            value.encode(form);
        }
    }

    fn owns(rest: &str) -> bool {
        T::owns(rest)
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, form: &mut Form) {
        for (index, value) in self.iter().enumerate() {
            form.field(&index.to_string(), value);
        }
    }

    fn owns(rest: &str) -> bool {
        match first_name(rest) {
            // The array itself, written without an index or with another one.
            Some((index, rest)) => index.bytes().all(|it| it.is_ascii_digit()) && T::owns(rest),
            None => rest.is_empty(),
        }
    }
}

impl<T: Encode> Encode for Box<T> {
    fn encode(&self, form: &mut Form) {
        (**self).encode(form);
    }

    fn owns(rest: &str) -> bool {
        T::owns(rest)
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, form: &mut Form) {
        for (key, value) in self {
            form.field(key, value);
        }
    }

    fn owns(rest: &str) -> bool {
        first_name(rest).map_or(rest.is_empty(), |(_, rest)| T::owns(rest))
    }
}

impl Encode for serde_json::Number {
    fn encode(&self, form: &mut Form) {
        form.scalar(&self.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, value: impl Encode, expected: &str) {
        let mut form = Form::new();
        form.field(name, &value);
        assert_eq!(form.finish(), expected);
    }

    #[test]
    fn scalars() {
        check("limit", 100, "limit=100");
        check("session", "fcsess_1".to_owned(), "session=fcsess_1");
        check("live", true, "live=true");
        check("absent", None::<String>, "");
    }

    #[test]
    fn arrays_carry_indices() {
        check(
            "features",
            vec!["balance".to_owned(), "ownership".to_owned()],
            "features[0]=balance&features[1]=ownership",
        );
        check("features", Vec::<String>::new(), "");
    }

    #[test]
    fn values_cannot_break_out() {
        check("a", "x&b=1".to_owned(), "a=x%26b%3D1");
        check("a", "ü +%".to_owned(), "a=%C3%BC%20%2B%25");
    }

    #[test]
    fn fields_nest() {
        struct Holder;
        impl Encode for Holder {
            fn encode(&self, form: &mut Form) {
                form.field("customer", "cus_1");
                form.field("tags", &vec!["a".to_owned()]);
            }
        }
        check(
            "account_holder",
            Holder,
            "account_holder[customer]=cus_1&account_holder[tags][0]=a",
        );
    }
}
