//! Masking: what is logged contains no key and no secret.

/// The starts of keys and secrets, wherever they are.
const PREFIXES: [&str; 6] = ["sk_", "rk_", "pk_", "ek_", "whsec_", "_secret_"];
/// How much of a secret is shown, at its end.
const SHOWN: usize = 4;

/// Masks a key down to its kind and its last four characters.
pub(crate) fn masked(key: &str) -> String {
    let length = key.chars().count();
    if length <= 12 {
        return "*".repeat(length);
    }
    key.chars()
        .enumerate()
        .map(|(at, letter)| {
            if at < 8 || at + SHOWN >= length {
                letter
            } else {
                '*'
            }
        })
        .collect()
}

/// A header for the log: credentials are masked, whatever they are.
pub(crate) fn masked_header(name: &str, value: &str) -> String {
    match name {
        "authorization" | "proxy-authorization" => match value.split_once(' ') {
            Some((scheme, key)) if scheme.eq_ignore_ascii_case("bearer") => {
                format!("{scheme} {}", masked(key.trim()))
            }
            Some((scheme, _)) => format!("{scheme} ****"),
            None => "****".to_owned(),
        },
        "cookie" => "****".to_owned(),
        _ => masked_text(value),
    }
}

/// A text for the log, with each key and secret in it masked.
pub(crate) fn masked_text(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((start, prefix)) = first_secret(rest) {
        let (before, found) = rest.split_at(start);
        let end = found
            .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
            .unwrap_or(found.len());
        let (secret, after) = found.split_at(end);
        shown.push_str(before);
        shown.push_str(prefix);
        let hidden = secret.len() - prefix.len();
        let at = secret.len() - SHOWN.min(hidden / 4);
        shown.push_str("****");
        shown.push_str(&secret[at..]);
        rest = after;
    }
    shown.push_str(rest);
    shown
}

/// The first secret in a text: where it starts, and with what.
fn first_secret(text: &str) -> Option<(usize, &'static str)> {
    text.match_indices('_').find_map(|(underscore, _)| {
        PREFIXES.iter().find_map(|prefix| {
            let start = if prefix.starts_with('_') {
                underscore
            } else {
                (underscore + 1).checked_sub(prefix.len())?
            };
            let rest = text.get(start..)?.strip_prefix(prefix)?;
            // `task_` ends like a prefix, and is none.
            let before = text[..start].chars().next_back();
            let whole = prefix.starts_with('_') || !before.is_some_and(char::is_alphanumeric);
            let long = rest.starts_with(|letter: char| letter.is_ascii_alphanumeric());
            (whole && long).then_some((start, *prefix))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{masked_header, masked_text};

    #[test]
    fn keys_and_secrets_are_masked_wherever_they_are() {
        for (text, shown) in [
            ("nothing here", "nothing here"),
            ("task_list sk_", "task_list sk_"),
            ("key=sk_test_0123456789abcdef&a=1", "key=sk_****cdef&a=1"),
            ("rk_live_0123456789abcdef", "rk_****cdef"),
            ("whsec_0123456789abcdef", "whsec_****cdef"),
            (
                "fcsess_1_secret_0123456789abcdef;",
                "fcsess_1_secret_****cdef;",
            ),
            ("sk_test_ab,sk_test_0123456789ab", "sk_****b,sk_****89ab"),
        ] {
            assert_eq!(masked_text(text), shown);
        }
    }

    #[test]
    fn credentials_are_masked_whatever_they_are() {
        for (name, value, shown) in [
            (
                "authorization",
                "Bearer sk_test_0123456789",
                "Bearer sk_test_******6789",
            ),
            ("authorization", "Basic c2tfdGVzdF8wMTIzOg==", "Basic ****"),
            ("authorization", "sk_test_0123456789", "****"),
            ("cookie", "session=1", "****"),
            ("x-other", "sk_test_0123456789", "sk_****789"),
            ("accept", "*/*", "*/*"),
        ] {
            assert_eq!(masked_header(name, value), shown, "{name}: {value}");
        }
    }
}
