//! What a key or a secret looks like that was copied, configured or filled in wrongly.

use crate::characters::is_invisible;

/// What is written where a value is missing.
const PLACEHOLDERS: [&str; 7] = [
    "undefined",
    "null",
    "(null)",
    "none",
    "nil",
    "nan",
    "[object object]",
];
const QUOTATION_MARKS: [char; 11] = ['\'', '"', '`', '“', '”', '„', '‘', '’', '‚', '«', '»'];

/// Whether nothing can be seen of it.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|it| it.is_whitespace() || is_invisible(it))
}

/// What is wrong with a credential, and how to mend it: the end of a sentence that begins with what it
/// is. `prefixes` are those that it may begin with. It is never quoted.
pub(crate) fn fault(text: &str, prefixes: &[&str]) -> Option<&'static str> {
    let rest = prefixes
        .iter()
        .filter_map(|prefix| text.strip_prefix(prefix))
        .min_by_key(|rest| rest.len());
    if rest == Some("") {
        return Some("is a prefix alone: nothing follows it; look at where it is taken from");
    }
    if is_placeholder(rest.unwrap_or(text)) {
        return Some(
            "is a placeholder: set the variable, or fill in the template, that it is taken from",
        );
    }
    let holds = |is: fn(char) -> bool| text.chars().any(is);
    if text.contains(QUOTATION_MARKS) {
        return Some("holds a quotation mark: remove the quotation marks around it");
    }
    if holds(char::is_whitespace) {
        return Some("holds white space: look for a line break left over from a file");
    }
    if holds(char::is_control) {
        return Some("holds a control character: copy it anew");
    }
    if holds(is_invisible) {
        return Some("holds a character that cannot be seen: type it, or copy it anew");
    }
    if names_a_variable(text) {
        return Some("begins with the name of the variable: give what follows the equals sign");
    }
    None
}

fn is_placeholder(text: &str) -> bool {
    // Compared in place: a copy in lower case would not be wiped.
    let mut placeholders = PLACEHOLDERS.iter();
    placeholders.any(|it| text.eq_ignore_ascii_case(it))
        || text.starts_with(['$', '<', '{', '%'])
        || text.ends_with('…')
        || text.ends_with("...")
}

/// Whether it is a line of a file of variables: `STRIPE_SECRET_KEY=…`.
fn names_a_variable(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    text.split_once('=').is_some_and(|(name, value)| {
        name.contains('_') && name.bytes().all(allowed) && !value.is_empty()
    })
}
