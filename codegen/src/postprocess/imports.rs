//! The imports of a generated file.

use std::collections::{BTreeMap, BTreeSet};

use super::input::Input;

/// The types that the runtime offers to generated code.
const SUPPORT: [&str; 18] = [
    "Amounts",
    "BTreeMap",
    "Call",
    "Clearable",
    "Client",
    "Currency",
    "Either",
    "Expandable",
    "Extra",
    "List",
    "Listed",
    "Method",
    "Number",
    "Operation",
    "RangeQuery",
    "RawJson",
    "Timestamp",
    "UnknownValue",
];

/// Its macros.
const MACROS: [&str; 8] = [
    "id",
    "list_params",
    "list_request",
    "object",
    "open_enum",
    "params",
    "request",
    "union",
];

/// The imports of every known name that the code uses and does not define.
pub(super) fn imports(path: &str, body: &str, input: &Input<'_>) -> String {
    if path == "mod.rs" {
        // It re-exports every name, and uses none but this.
        return "use crate::support::Client;\n".to_owned();
    }
    let code: Vec<&str> = body
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let words: BTreeSet<&str> = code
        .iter()
        .flat_map(|line| {
            line.split(|character: char| !character.is_alphanumeric() && character != '_')
        })
        .collect();
    let calls: BTreeSet<&str> = code
        .iter()
        .filter_map(|line| Some(line.split_once('!')?.0))
        .collect();
    let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let used = |names: &[&'static str], known: &BTreeSet<&str>| -> BTreeSet<&str> {
        names
            .iter()
            .copied()
            .filter(|name| known.contains(name))
            .collect()
    };
    let mut support = used(&SUPPORT, &words);
    support.extend(used(&MACROS, &calls));
    if !support.is_empty() {
        names.insert("crate::support", support);
    }
    // The variants of an enum may well have the names of types.
    if !matches!(path, "enums.rs" | "ids.rs") {
        let own = format!("super::{}", path.trim_end_matches(".rs"));
        for word in words {
            if let Some(module) = input.module_of(word).filter(|module| *module != own) {
                names.entry(module).or_default().insert(word);
            }
        }
    }
    names.iter().fold(String::new(), |text, (module, names)| {
        text + &use_line("", module, &names.iter().copied().collect::<Vec<_>>())
    })
}

/// A `use`, broken as rustfmt would where it is too long for a line. `before` is the indentation and
/// the visibility.
pub(super) fn use_line(before: &str, module: &str, names: &[&str]) -> String {
    const WIDTH: usize = 100;
    let line = match names {
        [name] => format!("{before}use {module}::{name};\n"),
        names => format!("{before}use {module}::{{{}}};\n", names.join(", ")),
    };
    if line.trim_end().len() <= WIDTH {
        return line;
    }
    let indent = &before[..before.len() - before.trim_start().len()];
    let mut text = format!("{before}use {module}::{{\n");
    let mut row = format!("{indent}   ");
    for name in names {
        if row.len() + name.len() + 2 > WIDTH {
            text += &format!("{row}\n");
            row = format!("{indent}   ");
        }
        row += &format!(" {name},");
    }
    text + &format!("{row}\n{indent}}};\n")
}
