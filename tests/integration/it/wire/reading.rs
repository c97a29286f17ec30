//! Reading examples with the types.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use stripe_financial_connections::{List, types};

use super::examples::{self, Example, Expect};
use crate::comparison::names::{self, members};

/// What a type made of a text: what it wrote back, and what `Debug` showed.
pub(crate) type Outcome = Result<(Value, String), serde_json::Error>;

/// Reads a text as the type `name`; `None` when there is no such type.
pub(crate) fn read(name: &str, text: &str) -> Option<Outcome> {
    macro_rules! read {
        ($( $name:ident ),* $(,)?) => {
            match name {
                $( stringify!($name) => Some(outcome::<types::$name>(text)), )*
                "List<Account>" => Some(outcome::<List<types::Account>>(text)),
                "List<AccountOwner>" => Some(outcome::<List<types::AccountOwner>>(text)),
                "List<Transaction>" => Some(outcome::<List<types::Transaction>>(text)),
                _ => None,
            }
        };
    }
    read!(
        Account,
        AccountHolder,
        AccountNumber,
        AccountOwner,
        AccountOwnership,
        ActiveStatusDetails,
        ApiError,
        Balance,
        BalanceRefresh,
        BankAccountToken,
        CashBalance,
        CreditBalance,
        ErrorBody,
        OwnershipRefresh,
        Session,
        SessionFilters,
        SessionLimits,
        SessionManualEntry,
        StatusDetails,
        StatusTransitions,
        Transaction,
        TransactionRefresh,
    )
}

fn outcome<T: DeserializeOwned + Serialize + std::fmt::Debug>(text: &str) -> Outcome {
    let value: T = serde_json::from_str(text)?;
    Ok((serde_json::to_value(&value)?, format!("{value:?}")))
}

/// Everything that the API may answer: the name of the type and the schema.
pub(crate) fn all(document: &Value) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for (component, schema) in members(&document["components"]["schemas"]) {
        let name = names::component(document, &format!("#/components/schemas/{component}"));
        all.push((name, schema.clone()));
    }
    for (_, item) in members(&document["paths"]) {
        for (_, operation) in members(item) {
            for (_, answer) in members(&operation["responses"]) {
                for (_, media) in members(&answer["content"]) {
                    let schema = &media["schema"];
                    if let Some(item) = schema["properties"]["data"]["items"]["$ref"].as_str() {
                        let name = format!("List<{}>", names::component(document, item));
                        all.push((name, schema.clone()));
                    }
                }
            }
        }
    }
    all
}

/// What is wrong with the way in which `name` reads an example of `schema`: `None` for each example
/// with which all is well.
pub(crate) fn tried(
    document: &Value,
    name: &str,
    schema: &Value,
) -> impl Iterator<Item = Option<String>> {
    let examples = examples::of(document, name, schema);
    examples.into_iter().map(move |example| {
        let problem = match read(name, &example.value.to_string()) {
            Some(outcome) => problem(&example, outcome)?,
            None => "there is no such type".to_owned(),
        };
        Some(format!("{name}, {}: {problem}", example.about))
    })
}

fn problem(example: &Example, outcome: Outcome) -> Option<String> {
    let (back, shown) = match (outcome, example.expect) {
        (Err(_), Expect::Refused) => return None,
        (Ok(_), Expect::Refused) => return Some("read though the document forbids it".to_owned()),
        (Err(error), _) => return Some(format!("refused: {error}")),
        (Ok(outcome), _) => outcome,
    };
    let lost = codegen::differences(&example.value, &back);
    if let Some(lost) = lost.first() {
        return Some(format!("{} came back as {:?}", lost.at, lost.found));
    }
    let unknown = shown.contains("UnknownValue(") || shown.contains("extra: {\"");
    match (unknown, example.expect) {
        (true, Expect::Whole) => Some(format!("a part is not known: {shown}")),
        (false, Expect::Unknown) => Some("what is not known was taken for known".to_owned()),
        _ => None,
    }
}
