//! How the types that only wider slices need stand in a form.

use std::collections::BTreeMap;

use crate::form::{Encode, Form};

impl Encode for serde_json::Number {
    fn encode(&self, form: &mut Form) {
        form.scalar(&self.to_string());
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, form: &mut Form) {
        for (key, value) in self {
            form.field(key, value);
        }
    }
}

impl<T: Encode> Encode for Box<T> {
    fn encode(&self, form: &mut Form) {
        (**self).encode(form);
    }
}
