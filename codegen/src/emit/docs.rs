//! Doc comments from the document's descriptions.

use proc_macro2::TokenStream;
use quote::quote;

/// A text as doc attributes, a line each.
pub(super) fn text(text: &str) -> TokenStream {
    let lines = lines(text).into_iter().map(|line| {
        if line.is_empty() {
            line
        } else {
            format!(" {line}")
        }
    });
    quote! { #( #[doc = #lines] )* }
}

/// The lines of a text as a doc comment can hold them: without the characters that a compiler refuses
/// there, which end a line or turn its direction.
pub(super) fn lines(text: &str) -> Vec<String> {
    let clean: String = text
        .trim_end()
        .replace("\r\n", "\n")
        .chars()
        .filter_map(|character| match character {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\t' => Some(' '),
            _ if character.is_control() || turns(character) => None,
            _ => Some(character),
        })
        .collect();
    clean
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// Whether a character turns the direction of the text that follows it.
fn turns(character: char) -> bool {
    matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hold_nothing_that_a_compiler_refuses() {
        let text = "a\r\nb\rc\u{202e}d\u{0}\u{2028}e\n\n";
        assert_eq!(lines(text), ["a", "b", "cd", "e"]);
    }
}
