//! The templates of paths: literal text, and names in braces.

/// The names in a path's braces, in their order. `None` if the braces do not match.
pub(crate) fn names(path: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        if before.contains('}') || name.contains('{') || name.is_empty() {
            return None;
        }
        names.push(name);
        rest = after;
    }
    (!rest.contains('}')).then_some(names)
}

/// Why a path cannot be sent as it is written, if it cannot.
pub(crate) fn fault(path: &str) -> Option<String> {
    let Some(names) = names(path) else {
        return Some("its braces do not match".to_owned());
    };
    if let Some(twice) = names
        .iter()
        .enumerate()
        .find_map(|(index, name)| names[..index].contains(name).then_some(name))
    {
        return Some(format!("`{{{twice}}}` is in it twice"));
    }
    let mut literal = path.to_owned();
    for name in names {
        literal = literal.replace(&format!("{{{name}}}"), "x");
    }
    if !literal.starts_with('/') || literal.starts_with("//") {
        return Some("it does not begin with one slash".to_owned());
    }
    let is_sent = |byte: u8| byte.is_ascii_graphic() && !b"\\\"<>^`{|}?#".contains(&byte);
    if let Some(character) = literal
        .chars()
        .find(|character| u8::try_from(*character).map_or(true, |byte| !is_sent(byte)))
    {
        return Some(format!("it holds {character:?}, which no path can"));
    }
    let is_dots = |segment: &str| {
        let decoded = segment.to_ascii_lowercase().replace("%2e", ".");
        decoded == "." || decoded == ".."
    };
    literal
        .split('/')
        .any(is_dots)
        .then(|| "it holds a segment of dots, which leads elsewhere".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_order() {
        assert_eq!(names("/a/{x}/{y}.json"), Some(vec!["x", "y"]));
        for broken in ["/a/{x", "/a/x}", "/{{x}}", "/{}"] {
            assert_eq!(names(broken), None, "{broken}");
        }
    }

    #[test]
    fn what_cannot_be_sent_is_told() {
        for (path, expected) in [
            ("/v1/a/{x}", None),
            ("/", None),
            ("/v1/a/", None),
            ("/{x}/{x}", Some("twice")),
            ("v1", Some("slash")),
            ("/v1/../a", Some("dots")),
            ("/v1/\"", Some("'\"'")),
            ("/v1/é", Some("é")),
        ] {
            let fault = fault(path);
            match expected {
                None => assert_eq!(fault, None, "{path}"),
                Some(word) => assert!(fault.unwrap().contains(word), "{path}"),
            }
        }
    }
}
