//! The imports of a generated file.

use std::collections::{BTreeMap, BTreeSet};

use super::index::Index;

/// The seam of the runtime, which is all of it that generated code names.
const SEAM: &str = "stripe_client_runtime::codegen::v1";

/// What the seam offers to the declarations of types. Requests qualify its names by `v1::`, so that
/// they cannot collide with those of the document.
const SUPPORT: [&str; 15] = [
    "Amounts",
    "BTreeMap",
    "Clearable",
    "Currency",
    "Either",
    "Expandable",
    "Extra",
    "List",
    "Listed",
    "Number",
    "RangeQuery",
    "RawJson",
    "Sealed",
    "Timestamp",
    "UnknownValue",
];

/// Its macros.
const MACROS: [&str; 9] = [
    "id",
    "json_params",
    "list_params",
    "object",
    "open_enum",
    "params",
    "query_params",
    "search_params",
    "union",
];

/// The imports of every known name that the code uses and does not define.
pub(super) fn imports(path: &str, body: &str, index: &Index<'_>) -> String {
    let code = || {
        body.lines()
            .filter(|line| !line.trim_start().starts_with("//"))
    };
    let found: Vec<(&str, bool)> = code().flat_map(unqualified).collect();
    let words: BTreeSet<&str> = found.iter().map(|(word, _)| *word).collect();
    // A field may be called like the seam.
    let names_seam = found.contains(&("v1", true));
    let calls: BTreeSet<&str> = code()
        .filter_map(|line| Some(line.split_once('!')?.0))
        .collect();
    let used = |names: &[&'static str], known: &BTreeSet<&str>| -> BTreeSet<&str> {
        names
            .iter()
            .copied()
            .filter(|name| known.contains(name))
            .collect()
    };
    let is_texts = matches!(path, "enums.rs" | "ids.rs");
    // The variants of an enum may well have the names of types.
    let mut seam = match is_texts {
        true => used(&["UnknownValue"], &words),
        false => used(&SUPPORT, &words),
    };
    seam.extend(used(&MACROS, &calls));
    let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    // Two modules name all others by their paths.
    if !is_texts && !matches!(path, "mod.rs" | "json_schemas.rs") {
        let own = format!("super::{}", path.trim_end_matches(".rs"));
        for word in &words {
            if let Some(module) = index.module_of(word).filter(|module| *module != own) {
                names.entry(module).or_default().insert(word);
            }
        }
    }
    let mut text = match (names_seam, seam.is_empty()) {
        (true, true) => format!("use {SEAM};\n"),
        (true, false) => {
            let names: Vec<&str> = std::iter::once("self").chain(seam).collect();
            use_line("", SEAM, &names)
        }
        (false, true) => String::new(),
        (false, false) => use_line("", SEAM, &seam.into_iter().collect::<Vec<_>>()),
    };
    if words.contains("SERVICE") && path != "service.rs" {
        text += "use super::service::SERVICE;\n";
    }
    names.iter().fold(text, |text, (module, names)| {
        text + &use_line("", module, &names.iter().copied().collect::<Vec<_>>())
    })
}

/// The identifiers of a line that no path leads to, and that stand in no string; and whether a path
/// begins with them.
fn unqualified(line: &str) -> impl Iterator<Item = (&str, bool)> {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let mut rest = line;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(|character| is_word(character) || character == '"')?;
            if rest[start..].starts_with('"') {
                rest = behind_string(&rest[start + 1..]);
                continue;
            }
            let qualified = rest[..start].ends_with("::");
            let end = rest[start..]
                .find(|character| !is_word(character))
                .map_or(rest.len(), |length| start + length);
            let word = &rest[start..end];
            rest = &rest[end..];
            if !qualified {
                return Some((word, rest.starts_with("::")));
            }
        }
    })
}

/// What follows the string that the text begins within.
fn behind_string(text: &str) -> &str {
    let mut is_escaped = false;
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return &text[index + 1..],
            _ => {}
        }
    }
    ""
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_strings_are_no_names() {
        let line = r#""List \" Extra": list v1::Number Timestamp,"#;
        assert_eq!(
            unqualified(line).collect::<Vec<_>>(),
            [("list", false), ("v1", true), ("Timestamp", false)]
        );
    }
}
