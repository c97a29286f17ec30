//! The macros that generated crates call: they work in any crate, whatever it imports and enables.
//!
//! Each is hidden from the documentation, has a name that no other crate has, reaches everything
//! through the seam, and does not ask for features, which would be those of the calling crate.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Paths may begin with these: Rust's own names, and the type parameters of functions.
const ROOTS: [&str; 8] = [
    "Box", "Option", "Self", "String", "__A", "__D", "__S", "clippy",
];

/// A path behind one of these begins anew.
const KEYWORDS: [&str; 7] = ["as", "dyn", "for", "impl", "in", "mut", "use"];

/// Macros of the standard library whose result is the same in every crate.
const MACROS: [&str; 2] = ["concat", "stringify"];

#[test]
fn macros_are_the_same_in_every_crate() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let seam = fs::read_to_string(source.join("codegen/v1.rs")).unwrap();
    let mut names = BTreeSet::new();
    let mut faults = Vec::new();
    for text in texts(&source) {
        for found in macros(&text) {
            faults.extend(found.faults(&seam));
            names.insert(found.name);
        }
    }
    assert_eq!(faults, Vec::<String>::new());
    assert!(names.len() >= 8, "{names:?}");
}

#[test]
fn a_macro_that_is_not_is_noticed() {
    let seam = "pub use crate::__stripe_a_v1 as a;";
    let faults = |head: &str, name: &str, body: &str| -> Vec<String> {
        let text =
            format!("{head}\nmacro_rules! {name} {{\n    ($name:ident) => {{ {body} }};\n}}\n");
        macros(&text)
            .iter()
            .flat_map(|found| found.faults(seam))
            .collect()
    };
    const HEAD: &str = "#[doc(hidden)]\n#[macro_export]";
    const NAME: &str = "__stripe_a_v1";
    let good = "impl $crate::codegen::v1::serde::Serialize for $name { \
                fn a(&self) -> String { // serde::Value\n String::from(\"cfg serde::\") } }";
    assert_eq!(faults(HEAD, NAME, good), Vec::<String>::new());
    for (head, name, body, expected) in [
        ("#[macro_export]", NAME, "", "is not hidden"),
        ("#[doc(hidden)]", NAME, "", "is not exported"),
        (HEAD, "stripe_a", "", "has no name of the seam"),
        (HEAD, "__stripe_b_v1", "", "is not part of the seam"),
        (
            HEAD,
            NAME,
            "$crate::types::Extra",
            "`$crate::types::` is not the seam",
        ),
        (
            HEAD,
            NAME,
            "crate::Extra",
            "`crate` is a name of the caller",
        ),
        (
            HEAD,
            NAME,
            "::serde::Serialize",
            "`serde` is a name of the caller",
        ),
        (
            HEAD,
            NAME,
            "impl ::serde::Serialize for A {}",
            "`serde` is a name of the caller",
        ),
        (
            HEAD,
            NAME,
            "use serde::Serialize;",
            "`serde` is a name of the caller",
        ),
        (
            HEAD,
            NAME,
            "serde_json::Value",
            "`serde_json` is a name of the caller",
        ),
        (
            HEAD,
            NAME,
            "Extra::default()",
            "`Extra` is a name of the caller",
        ),
        (
            HEAD,
            NAME,
            "object!(a)",
            "`object!` is a macro of the caller",
        ),
        (
            HEAD,
            NAME,
            "env!(\"CARGO_PKG_NAME\")",
            "`env!` is a macro of the caller",
        ),
        (
            HEAD,
            NAME,
            "#[cfg(feature = \"blocking\")] fn a() {}",
            "`cfg` asks the caller",
        ),
        (
            HEAD,
            NAME,
            "#[cfg_attr(test, allow())] fn a() {}",
            "`cfg_attr` asks the caller",
        ),
        (
            HEAD,
            NAME,
            "fn a<S: Sized>(it: S) {}",
            "`S` may be a type of the caller",
        ),
    ] {
        let faults = faults(head, name, body);
        assert_eq!(faults, [format!("{name}: {expected}")], "{body}");
    }
}

/// A macro as its source has it.
struct Macro {
    name: String,
    /// The attributes above it.
    head: String,
    /// Its tokens, one after the other; texts are empty.
    tokens: Vec<String>,
}

impl Macro {
    fn faults(&self, seam: &str) -> Vec<String> {
        let mut faults = Vec::new();
        let mut check = |holds: bool, what: String| {
            if !holds {
                faults.push(format!("{}: {what}", self.name));
            }
        };
        let is_named = self
            .name
            .strip_prefix("__stripe_")
            .and_then(|name| name.rsplit_once("_v"))
            .is_some_and(|(_, version)| version.parse::<u32>().is_ok());
        check(is_named, "has no name of the seam".to_owned());
        let export = format!("pub use crate::{} as ", self.name);
        check(
            !is_named || seam.contains(&export),
            "is not part of the seam".to_owned(),
        );
        check(
            self.head.contains("#[doc(hidden)]"),
            "is not hidden".to_owned(),
        );
        check(
            self.head.contains("#[macro_export]"),
            "is not exported".to_owned(),
        );
        let token = |index: usize| self.tokens.get(index).map_or("", String::as_str);
        let own: BTreeSet<&str> = self
            .tokens
            .windows(2)
            .filter(|pair| pair[0] == "enum" || pair[0] == "struct")
            .map(|pair| pair[1].as_str())
            .collect();
        for (index, word) in self.tokens.iter().enumerate().skip(1) {
            let (before, after) = (token(index - 1), token(index + 1));
            // `::name` with nothing before it begins a path as well as `name` does.
            let ahead = token(index.wrapping_sub(2));
            let is_global =
                before == "::" && ahead != ">" && (!is_word(ahead) || KEYWORDS.contains(&ahead));
            let is_start = !["::", "$", "."].contains(&before) || is_global;
            if !is_word(word) || KEYWORDS.contains(&word.as_str()) {
                continue;
            }
            if word == "crate" && before == "$" {
                let path = [token(index + 2), token(index + 4)];
                let is_seam = path == ["codegen", "v1"] || path == ["codegen", ""];
                check(is_seam, format!("`$crate::{}::` is not the seam", path[0]));
            } else if word.starts_with("cfg") {
                check(false, format!("`{word}` asks the caller"));
            } else if before == "<" && after == ":" {
                // Types are not hygienic: the parameter would hide a type that `$name` stands for.
                let is_own = word.starts_with("__");
                check(is_own, format!("`{word}` may be a type of the caller"));
            } else if after == "::" && is_start {
                let is_known = (ROOTS.contains(&word.as_str()) && !is_global)
                    || own.contains(word.as_str())
                    || (is_global && word == "std");
                check(is_known, format!("`{word}` is a name of the caller"));
            } else if after == "!" && is_start && token(index + 2) == "(" {
                let is_known = MACROS.contains(&word.as_str());
                check(is_known, format!("`{word}!` is a macro of the caller"));
            }
        }
        faults
    }
}

fn is_word(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// The macros that a source declares.
fn macros(text: &str) -> Vec<Macro> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find("macro_rules! ").map(|at| from + at) {
        let (name, body) = text[at + "macro_rules! ".len()..].split_once(' ').unwrap();
        let lines: Vec<&str> = text[..at].lines().collect();
        let head = lines
            .iter()
            .rev()
            .take_while(|line| line.starts_with(['#', '/']));
        found.push(Macro {
            name: name.to_owned(),
            head: head.copied().collect(),
            tokens: braced(body),
        });
        from = at + 1;
    }
    found
}

/// The tokens from the first brace to the one that closes it.
fn braced(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut depth = 0;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            _ if rest.starts_with("//") => rest.find('\n').unwrap(),
            '"' => 2 + rest[1..].find('"').unwrap(),
            _ if rest.starts_with("::") => 2,
            _ if is_word(rest) => rest
                .find(|next: char| !next.is_alphanumeric() && next != '_')
                .unwrap(),
            _ => first.len_utf8(),
        };
        let token = &rest[..length];
        rest = &rest[length..];
        match first {
            '/' if length > 1 => continue,
            '"' => tokens.push(String::new()),
            _ if first.is_whitespace() => continue,
            _ => tokens.push(token.to_owned()),
        }
        depth += i32::from(first == '{') - i32::from(first == '}');
        if depth == 0 {
            break;
        }
    }
    tokens
}

/// Every source below a folder.
fn texts(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts.extend(self::texts(&path));
        } else {
            texts.push(fs::read_to_string(path).unwrap());
        }
    }
    texts
}
