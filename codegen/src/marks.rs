//! Marks by rule, for a document that no overlay of ours describes.

use serde_json::Value;

use crate::Result;
use crate::schemas::each;

/// Names of properties whose values are personal or secret wherever they stand.
const SENSITIVE: [&str; 24] = [
    "account_holder_name",
    "account_number",
    "city",
    "client_ip",
    "client_secret",
    "cvc",
    "dob",
    "email",
    "fingerprint",
    "first_name",
    "iban",
    "id_number",
    "ip_address",
    "last4",
    "last_name",
    "line1",
    "line2",
    "message",
    "number",
    "phone",
    "postal_code",
    "raw_address",
    "secret",
    "tax_id",
];

/// Marks sensitive properties, so that `Debug` does not show them.
pub(crate) fn add(document: &mut Value) -> Result<()> {
    each(document, &mut |_, schema| {
        for (name, property) in schema
            .get_mut("properties")
            .and_then(Value::as_object_mut)
            .into_iter()
            .flatten()
        {
            if let Some(property) = property
                .as_object_mut()
                .filter(|_| SENSITIVE.contains(&name.as_str()))
            {
                property.insert("x-sensitive".to_owned(), true.into());
            }
        }
        Ok(())
    })
}
