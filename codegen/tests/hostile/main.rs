//! Documents with one defect each: what becomes of them.
//!
//! The rule behind the table: what is accepted compiles, and each of its properties, parameters and
//! values can be reached by the name that it has on the wire; what is left out is named with its place,
//! the reason, and what the user of a slice can do; nothing panics.

#![allow(
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod batch;
#[allow(dead_code, reason = "these documents lie in a folder of their own")]
#[path = "../common/mod.rs"]
mod common;
#[path = "../common/declared.rs"]
mod declared;
mod injected;
mod outcome;
mod random;
mod reach;

use std::collections::BTreeMap;
use std::path::Path;

use batch::Batch;
use codegen::SliceCrate;
use outcome::Outcome;
use proc_macro2::{TokenStream, TokenTree};

/// The documents by the names of their files.
fn documents() -> Option<BTreeMap<String, Vec<u8>>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/hostile");
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: ../shared/hostile does not lie beside this checkout");
        return None;
    };
    let documents = entries.map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, std::fs::read(path).unwrap())
    });
    Some(documents.collect())
}

#[test]
fn every_document_has_its_outcome() {
    let Some(documents) = documents() else { return };
    assert!(documents.len() >= 60, "{}", documents.len());
    let mut batch = Batch::new("hostile");
    let mut rows = String::new();
    let mut unreachable = Vec::new();
    for (name, bytes) in &documents {
        let outcome = Outcome::of(name, bytes);
        if let Some((document, made)) = &outcome.made {
            for wire in reach::missing(document, made) {
                unreachable.push(format!("{name}: {wire}"));
            }
            batch.add(name, made);
        }
        rows += &outcome.row();
    }
    for (index, payload) in injected::PAYLOADS.iter().enumerate() {
        batch.add(&format!("injected{index}"), &injected(payload));
    }
    let messages = batch.check();
    assert!(messages.is_empty(), "{}", messages.join("\n"));
    assert_eq!(
        unreachable,
        Vec::<String>::new(),
        "accepted, and not reachable"
    );
    insta::with_settings!({ description => "what becomes of each document", omit_expression => true }, {
        insta::assert_snapshot!("outcomes", rows);
    });
}

/// The crate of a document that tries to become code.
fn injected(payload: &str) -> SliceCrate {
    let text = injected::document(payload).to_string();
    let outcome = Outcome::of("injected", text.as_bytes());
    let Some((_, made)) = outcome.made else {
        panic!("{payload:?} is refused:\n{}", outcome.row());
    };
    made
}

/// No word of a document gets into the text but as a name that was given, a literal or a comment: the
/// text is built as that of a document whose words are harmless.
#[test]
fn no_text_becomes_code() {
    let harmless = skeleton("word");
    assert!(harmless["fn"] > 40, "{harmless:?}");
    for payload in injected::PAYLOADS {
        assert_eq!(skeleton(payload), harmless, "{payload:?}");
    }
    // The comparison sees one item more.
    let mut more = BTreeMap::new();
    count("fn evil() {}".parse().unwrap(), &mut more);
    assert_eq!(more["fn"], 1);
}

/// A document drawn from these bytes, and what becomes of it. What is accepted can be reached, and what is
/// refused is named with a place and with help.
fn drawn(bytes: &[u8]) -> Option<SliceCrate> {
    let document = random::Draw::new(bytes).document();
    let outcome = Outcome::of("drawn", document.to_string().as_bytes());
    let row = outcome.row();
    assert!(!row.contains("PANIC"), "{document}");
    let Some((document, made)) = outcome.made else {
        assert!(
            row.contains("at: #") && row.contains("mend: "),
            "{document}\n{row}"
        );
        return None;
    };
    for refused in &made.refused {
        let reason = &refused.reason;
        assert!(
            reason.contains("at #") && reason.contains("help: "),
            "{document}\n{reason}"
        );
    }
    let missing = reach::missing(&document, &made);
    assert_eq!(missing, Vec::<String>::new(), "{document}");
    Some(made)
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 100, max_shrink_iters: 60, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_document_is_accepted_whole_or_refused_with_reasons(
        bytes in proptest::collection::vec(0_u8..=255, 0..400),
    ) {
        drawn(&bytes);
    }
}

/// What is accepted compiles: many documents as the modules of one crate.
#[test]
fn what_is_drawn_and_accepted_compiles() {
    // A sequence without a pattern, the same in each run.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut byte = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[0]
    };
    let mut batch = Batch::new("random");
    let mut accepted = 0;
    for number in 0..60 {
        let bytes: Vec<u8> = (0..400).map(|_| byte()).collect();
        if let Some(made) = drawn(&bytes) {
            batch.add(&number.to_string(), &made);
            accepted += 1;
        }
    }
    assert!(accepted > 30, "{accepted}");
    let messages = batch.check();
    assert!(messages.is_empty(), "{}", messages.join("\n"));
}

/// How often each keyword, each sign and each bracket stands in the code of a crate, comments aside.
fn skeleton(payload: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for (path, text) in injected(payload).files {
        if path.ends_with(".rs") {
            count(text.parse().unwrap(), &mut counts);
        }
    }
    counts
}

fn count(tokens: TokenStream, counts: &mut BTreeMap<String, usize>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let text = match &token {
            TokenTree::Group(group) => format!("{:?}", group.delimiter()),
            TokenTree::Punct(sign) if sign.as_char() == '#' && is_doc(tokens.peek()) => {
                tokens.next();
                continue;
            }
            // A comment in front of a file.
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                let mut ahead = tokens.clone();
                if ahead.next().is_some_and(|token| token.to_string() == "!")
                    && is_doc(ahead.peek())
                {
                    ahead.next();
                    tokens = ahead;
                    continue;
                }
                sign.to_string()
            }
            // One more stands behind the last of several where they are broken into lines.
            TokenTree::Punct(sign) if sign.as_char() == ',' => continue,
            TokenTree::Punct(sign) => sign.to_string(),
            TokenTree::Ident(name) if syn::parse_str::<syn::Ident>(&name.to_string()).is_err() => {
                name.to_string()
            }
            TokenTree::Ident(_) => "a name".to_owned(),
            TokenTree::Literal(_) => "a literal".to_owned(),
        };
        *counts.entry(text).or_default() += 1;
        if let TokenTree::Group(group) = token {
            count(group.stream(), counts);
        }
    }
}

/// Whether the brackets of an attribute hold a comment.
fn is_doc(token: Option<&TokenTree>) -> bool {
    let Some(TokenTree::Group(group)) = token else {
        return false;
    };
    group
        .stream()
        .into_iter()
        .next()
        .is_some_and(|first| first.to_string() == "doc")
}
