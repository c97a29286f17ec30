//! The document's descriptions as Markdown that rustdoc and clippy accept.
//!
//! They are a mixture of HTML and of a looser Markdown: tags, links relative to the vendor's site, bare
//! addresses, brackets that rustdoc would take for links to items, lists indented at will. Tags that
//! have a Markdown form get it, and everything else that would be markup without being meant as such
//! is escaped.

use serde_json::Value;

/// Rewrites every description and summary of a document.
pub(crate) fn clean(part: &mut Value) {
    match part {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if name == "description" || name == "summary" => {
                        *text = markdown(text);
                    }
                    member => clean(member),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(clean),
        _ => {}
    }
}

fn markdown(text: &str) -> String {
    let text = &plain(text);
    let mut marked = String::with_capacity(text.len() + 16);
    inline(text, false, &mut marked);
    blocks(&marked)
}

/// The text with one kind of line end and of fence, and without characters that the compiler refuses in a
/// comment: those that change the direction of the text.
fn plain(text: &str) -> String {
    let is_kept = |character: &char| {
        let turns = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        !turns && (!character.is_control() || matches!(character, '\n' | '\t'))
    };
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines = text.split('\n').map(|line| {
        let line: String = line.chars().filter(is_kept).collect();
        let content = line.trim_start();
        let indent = &line[..line.len() - content.len()];
        // A fence behind the marker of a list begins the line below it.
        let marker = marker(content).map_or(0, |marker| {
            content[marker.len()..]
                .find(|it| it != ' ')
                .map_or(0, |gap| marker.len() + gap)
        });
        match (fence(content), fence(&content[marker..])) {
            (Some(rest), _) => format!("{indent}```{rest}"),
            (None, Some(rest)) => {
                let width = indent.len() + marker;
                format!("{indent}{}\n{:width$}```{rest}", &content[..marker], "")
            }
            (None, None) => line,
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What stands behind a fence of whatever kind and length.
fn fence(content: &str) -> Option<&str> {
    let first = content
        .chars()
        .next()
        .filter(|first| "`~".contains(*first))?;
    let rest = content.trim_start_matches(first);
    let is_fence = content.len() - rest.len() >= 3 && !rest.contains('`');
    is_fence.then_some(rest)
}

/// Rewrites what stands within lines. Inside of a link an address is text.
fn inline(text: &str, in_link: bool, out: &mut String) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let used = match first {
            '`' => code(rest, out),
            '<' => tag(rest, out),
            '[' => link(rest, out),
            'h' if !in_link && !out.ends_with(char::is_alphanumeric) => address(rest, out),
            '\\' => escaped(rest, out),
            _ => None,
        };
        rest = &rest[used.unwrap_or_else(|| {
            // A backslash keeps what would be markup from being it.
            let is_markup = match first {
                '`' | '[' | ']' => true,
                '<' => rest[1..].starts_with(|next: char| {
                    next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')
                }),
                _ => false,
            };
            out.extend(is_markup.then_some('\\'));
            out.push(first);
            first.len_utf8()
        })..];
    }
}

/// A span or a block of code, which stays as it is.
fn code(text: &str, out: &mut String) -> Option<usize> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let fence = &text[..ticks];
    let mut from = ticks;
    loop {
        let at = from + text[from..].find(fence)?;
        let run = text[at..].len() - text[at..].trim_start_matches('`').len();
        from = at + run;
        if run == ticks {
            out.push_str(&text[..from]);
            return Some(from);
        }
    }
}

/// An HTML tag, or an address in angle brackets.
fn tag(text: &str, out: &mut String) -> Option<usize> {
    let end = text.find('>')? + 1;
    let inside = &text[1..end - 1];
    if is_address(inside) && !inside.contains(char::is_whitespace) {
        out.push_str(&text[..end]);
        return Some(end);
    }
    let (name, attributes) = inside
        .split_once(char::is_whitespace)
        .unwrap_or((inside.trim_end_matches('/'), ""));
    let until = |close: &str| {
        let at = end + text[end..].find(close)?;
        Some((&text[end..at], at + close.len()))
    };
    match name.to_ascii_lowercase().as_str() {
        "p" | "/p" | "div" | "/div" | "ul" | "/ul" | "ol" | "/ol" | "br" => out.push_str("\n\n"),
        "li" => {
            out.truncate(out.trim_end().len());
            out.push_str("\n- ");
        }
        "/li" | "span" | "/span" => {}
        "strong" | "/strong" | "b" | "/b" => out.push_str("**"),
        "em" | "/em" | "i" | "/i" => out.push('*'),
        "code" => {
            let (inner, end) = until("</code>").filter(|(inner, _)| !inner.contains('`'))?;
            out.push_str(&format!("`{inner}`"));
            return Some(end);
        }
        "a" => {
            let (inner, end) = until("</a>")?;
            match href(attributes) {
                Some(to) => anchor(inner, to, out),
                None => inline(inner, false, out),
            }
            return Some(end);
        }
        _ => return None,
    }
    Some(end)
}

fn href(attributes: &str) -> Option<&str> {
    let value = attributes.split_once("href=")?.1;
    let quote = value
        .chars()
        .next()
        .filter(|quote| "\"'".contains(*quote))?;
    value[1..].split_once(quote).map(|(to, _)| to)
}

/// A Markdown link, `[text](address)`. Brackets that are none are text.
fn link(text: &str, out: &mut String) -> Option<usize> {
    let middle = text.find("](").filter(|&middle| {
        let inner = &text[1..middle];
        !inner.contains([']', '['])
    })?;
    let start = middle + 2;
    let end = start + text[start..].find(')')?;
    let to = text[start..end].split_whitespace().next()?;
    anchor(&text[1..middle], to, out);
    Some(end + 1)
}

/// A link. What leads to no address is text: rustdoc would look for an item of that name.
fn anchor(inner: &str, to: &str, out: &mut String) {
    let to = match to.chars().next() {
        Some('/') => format!("https://stripe.com{to}"),
        Some('#') => format!("https://stripe.com/docs/api{to}"),
        _ => to.to_owned(),
    };
    if !is_address(&to) || to.contains(|it: char| it.is_whitespace() || "<>()".contains(it)) {
        inline(inner, false, out);
        return;
    }
    out.push('[');
    inline(inner, true, out);
    out.push_str(&format!("]({to})"));
}

fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// A bare address, up to the punctuation of its sentence.
fn address(text: &str, out: &mut String) -> Option<usize> {
    if !is_address(text) {
        return None;
    }
    let ends = |character: char| character.is_whitespace() || "<>()[]`\"'".contains(character);
    let length = text.find(ends).unwrap_or(text.len());
    let address = text[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    out.push_str(&format!("<{address}>"));
    Some(address.len())
}

/// A character that is escaped already.
fn escaped(text: &str, out: &mut String) -> Option<usize> {
    text[1..]
        .chars()
        .next()
        .filter(char::is_ascii_punctuation)?;
    out.push_str(&text[..2]);
    Some(2)
}

/// A list item that is open.
struct Item {
    /// How far its marker was indented.
    indent: usize,
    /// How far its text is to be indented.
    width: usize,
}

/// Rewrites lines: paragraphs without indentation, list items below each other, code that is no
/// doctest.
fn blocks(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut items: Vec<Item> = Vec::new();
    let mut after_gap = false;
    let mut in_code = false;
    for line in text.lines() {
        let line = line.replace('\t', "    ");
        let content = line.trim();
        let indent = line.len() - line.trim_start().len();
        let is_fence = content.starts_with("```") && !content[3..].contains('`');
        if in_code && !is_fence {
            let width = items.last().map_or(0, |item| item.width);
            let text = format!("{:width$}{}", "", line.trim_end());
            lines.push(text.trim_end().to_owned());
            continue;
        }
        if content.is_empty() {
            after_gap = true;
            continue;
        }
        let is_first = after_gap || lines.is_empty();
        let marker = marker(content).filter(|marker| {
            // In the middle of a paragraph a number is a number.
            is_first
                || !items.is_empty()
                || !marker.starts_with(|first: char| first.is_ascii_digit())
        });
        let starts_list = marker.is_some() && items.is_empty();
        if after_gap || marker.is_some() {
            // What is indented no further than the marker before is no part of that item.
            let level = indent + usize::from(marker.is_none());
            while items.last().is_some_and(|item| level < item.indent + 2) {
                items.pop();
            }
        }
        if (after_gap || starts_list) && !lines.is_empty() {
            lines.push(String::new());
        }
        after_gap = false;
        let width = items.last().map_or(0, |item| item.width);
        let text = match marker {
            Some(marker) => {
                items.push(Item {
                    indent,
                    width: width + marker.len() + 1,
                });
                format!("{marker} {}", content[marker.len()..].trim_start())
            }
            None if is_fence => {
                in_code = !in_code;
                if in_code { "```text" } else { "```" }.to_owned()
            }
            None if content.starts_with('>') => format!("\\{content}"),
            None => content.to_owned(),
        };
        lines.push(format!("{:width$}{text}", ""));
    }
    if in_code {
        lines.push("```".to_owned());
    }
    lines.join("\n")
}

/// The marker of a list item, if the line begins with one: `-`, `*`, `+`, `1.` or `1)`.
fn marker(line: &str) -> Option<&str> {
    let (marker, text) = line.split_once(' ')?;
    let is_number = marker.strip_suffix(['.', ')']).is_some_and(|digits| {
        !digits.is_empty() && digits.len() < 4 && digits.bytes().all(|digit| digit.is_ascii_digit())
    });
    (!text.trim().is_empty() && (is_number || matches!(marker, "-" | "*" | "+"))).then_some(marker)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn becomes(text: &str, expected: &str) {
        assert_eq!(markdown(text), expected);
        // What is clean stays as it is.
        assert_eq!(markdown(expected), expected);
    }

    #[test]
    fn tags_that_have_a_markdown_form_get_it() {
        becomes(
            "<p>Creates a <strong>Session</strong> <em>object</em>.</p>\n\n<p>See <code>url</code>.</p>",
            "Creates a **Session** *object*.\n\nSee `url`.",
        );
        becomes(
            "Any of:<ul>\n<li>A: <a href=\"/docs/a\">an a</a></li>\n<li>B,\nor b</li>\n</ul>End<br/>.",
            "Any of:\n\n- A: [an a](https://stripe.com/docs/a)\n- B,\n  or b\n\nEnd\n\n.",
        );
        becomes("<a name='x'>here</a>", "here");
        becomes("<code>a</code> and <code>b", "`a` and \\<code>b");
    }

    #[test]
    fn what_is_no_markup_is_escaped() {
        becomes(
            "`lookup:<amount>`, or <currency>",
            "`lookup:<amount>`, or \\<currency>",
        );
        becomes(
            "`['*']`, [\"card\"] and a[b]",
            "`['*']`, \\[\"card\"\\] and a\\[b\\]",
        );
        becomes("1 < 2, a <- b, </x>", "1 < 2, a <- b, \\</x>");
        becomes("a ` alone", "a \\` alone");
        becomes("> 5 is more", "\\> 5 is more");
    }

    #[test]
    fn what_the_compiler_refuses_in_a_comment_is_gone() {
        becomes("a\rb\r\nc", "a\nb\nc");
        becomes("a\u{202e}b\u{2066}c\u{7}", "abc");
    }

    #[test]
    fn code_is_no_doctest_whatever_its_fence() {
        let fenced = "Call:\n\n```text\ncurl https://a.example\n```";
        becomes("Call:\n\n```\ncurl https://a.example\n```", fenced);
        becomes("Call:\n\n~~~\ncurl https://a.example\n~~~", fenced);
        for fence in ["````", "~~~~~", "```rust", "~~~~ rust"] {
            let close = fence.trim_end_matches(char::is_alphabetic).trim_end();
            let text = format!("Call:\n\n{fence}\ncurl https://a.example\n{close}");
            becomes(&text, fenced);
        }
        becomes(
            "- ```\n  fn main() {}\n  ```",
            "-\n```text\n  fn main() {}\n```",
        );
        becomes("~~~\nfn main() {", "\\`\\`\\`\nfn main() {");
    }

    #[test]
    fn links_that_lead_to_no_address_are_text() {
        becomes("see [payouts](payouts) for more", "see payouts for more");
        becomes("<a href='javascript:x'>a</a>", "a");
        becomes("<a href=\"/docs x\">a</a>", "a");
    }

    #[test]
    fn addresses_are_links_and_links_lead_somewhere() {
        becomes(
            "See https://a.example/b. And",
            "See <https://a.example/b>. And",
        );
        becomes("(http://a.example)", "(<http://a.example>)");
        becomes("<https://a.example>", "<https://a.example>");
        becomes("[a `b`](/radar)", "[a `b`](https://stripe.com/radar)");
        becomes("[a](#b)", "[a](https://stripe.com/docs/api#b)");
        becomes(
            "[https://a.example](https://a.example)",
            "[https://a.example](https://a.example)",
        );
        becomes(
            "[a] [b](https://c.example)",
            "\\[a\\] [b](https://c.example)",
        );
    }

    #[test]
    fn lists_are_indented_as_they_are_nested() {
        becomes(
            "One of:\n - `a`\n - `b`\nor c\n\nEnd.",
            "One of:\n\n- `a`\n- `b`\n  or c\n\nEnd.",
        );
        becomes(
            "* a\n    * b\n        text\n* c\n\n  more\n\nend",
            "* a\n  * b\n    text\n* c\n\n  more\n\nend",
        );
        becomes("1. a\n2) b", "1. a\n2) b");
        becomes("at most\n12. No more", "at most\n12. No more");
    }

    #[test]
    fn code_is_no_doctest() {
        becomes("A:\n\n    let a = 1;\n", "A:\n\nlet a = 1;");
        becomes(
            "```\nlet a\t[1];\n\n```\nend",
            "```text\nlet a    [1];\n\n```\nend",
        );
        becomes("```json\n{}", "\\`\\`\\`json\n{}");
    }

    #[test]
    fn every_description_of_a_document_is_cleaned() {
        let mut document = json!({
            "description": "<p>a</p>",
            "properties": { "description": { "description": "[b]", "default": "[b]" } },
            "parameters": [{ "summary": "<c>" }],
        });
        clean(&mut document);
        let expected = json!({
            "description": "a",
            "properties": { "description": { "description": "\\[b\\]", "default": "[b]" } },
            "parameters": [{ "summary": "\\<c>" }],
        });
        assert_eq!(document, expected);
    }
}
