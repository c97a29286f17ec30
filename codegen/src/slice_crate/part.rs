//! Files that are their user's but for one marked part, which is generated.

use std::ops::Range;

const BEGIN: &str = "regen: begin";
const END: &str = "regen: end";

/// How a file's language writes a comment of one line.
#[derive(Clone, Copy)]
pub(super) enum Comment {
    Rust,
    Toml,
    Markdown,
}

impl Comment {
    fn line(self, text: &str) -> String {
        match self {
            Self::Rust => format!("// {text}\n"),
            Self::Toml => format!("# {text}\n"),
            Self::Markdown => format!("<!-- {text} -->\n"),
        }
    }
}

/// A part between its marks.
pub(super) fn marked(comment: Comment, part: &str) -> String {
    let begin = comment.line(&format!(
        "{BEGIN} (replaced when the crate is generated again; the rest of the file is yours)"
    ));
    format!("{begin}{part}{}", comment.line(END))
}

/// Where the generated part of a file is, with the lines of its marks. `None` if the marks are not there,
/// once each and in their order: then the whole file is its user's.
#[must_use]
pub fn generated_part(text: &str) -> Option<Range<usize>> {
    let (mut begins, mut ends) = (Vec::new(), Vec::new());
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let stop = start + line.len();
        // A mark stands at the head of a comment: a sentence that mentions one is none.
        let comment = ["// ", "# ", "<!-- "]
            .iter()
            .find_map(|head| line.strip_prefix(head))
            .unwrap_or_default();
        if comment.starts_with(BEGIN) {
            begins.push(start);
        }
        if comment.trim_end().trim_end_matches(" -->") == END {
            ends.push(stop);
        }
        start = stop;
    }
    match (&begins[..], &ends[..]) {
        (&[start], &[stop]) if start < stop => Some(start..stop),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_by_its_marks() {
        for comment in [Comment::Rust, Comment::Toml, Comment::Markdown] {
            let part = marked(comment, "a\nb\n");
            let text = format!("mine\n{part}mine too\n");
            let found = generated_part(&text).unwrap();
            assert_eq!(text[found], part);
        }
    }

    #[test]
    fn without_both_marks_once_and_in_order_there_is_none() {
        let part = marked(Comment::Toml, "");
        let (begin, end) = part.split_at(part.find("# regen: end").unwrap());
        for text in [
            String::new(),
            begin.to_owned(),
            end.to_owned(),
            format!("{end}{begin}"),
            format!("{part}{part}"),
        ] {
            assert_eq!(generated_part(&text), None, "{text}");
        }
        assert!(generated_part(part.trim_end()).is_some());
        let mentioned = format!("{part}# The line regen: end above, and regen: begin.\n");
        assert_eq!(generated_part(&mentioned), generated_part(&part));
    }
}
