//! JSON pointers (RFC 6901): how every stage names a place in a document.

use std::fmt;

use serde_json::Value;

/// The place of a value inside a document. `Display` escapes `~` and `/` as the RFC says.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(Vec<String>);

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// The member or element `segment` of the value at this place.
    #[must_use]
    pub fn join(&self, segment: impl ToString) -> Self {
        let mut segments = self.0.clone();
        segments.push(segment.to_string());
        Self(segments)
    }

    /// The unescaped segments, outermost first.
    pub fn segments(&self) -> &[String] {
        &self.0
    }

    /// What stands at this place of a document.
    pub fn resolve<'v>(&self, document: &'v Value) -> Option<&'v Value> {
        self.0
            .iter()
            .try_fold(document, |value, segment| match value {
                Value::Array(items) => items.get(segment.parse::<usize>().ok()?),
                value => value.get(segment),
            })
    }

    /// Parses the text form, with or without the `#` of a `$ref`. `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('#').unwrap_or(text);
        if text.is_empty() {
            return Some(Self::root());
        }
        let segments = text.strip_prefix('/')?.split('/');
        Some(Self(
            segments
                .map(|segment| segment.replace("~1", "/").replace("~0", "~"))
                .collect(),
        ))
    }
}

impl<S: ToString, const N: usize> From<[S; N]> for Pointer {
    fn from(segments: [S; N]) -> Self {
        Self(segments.iter().map(ToString::to_string).collect())
    }
}

impl FromIterator<String> for Pointer {
    fn from_iter<I: IntoIterator<Item = String>>(segments: I) -> Self {
        Self(segments.into_iter().collect())
    }
}

impl From<&Pointer> for Pointer {
    fn from(pointer: &Pointer) -> Self {
        pointer.clone()
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for segment in &self.0 {
            write!(f, "/{}", segment.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_and_parse_are_inverse() {
        let pointer = Pointer::from(["paths", "/v1/a~b", "get", "0"]);
        assert_eq!(pointer.to_string(), "/paths/~1v1~1a~0b/get/0");
        assert_eq!(Pointer::parse("#/paths/~1v1~1a~0b/get/0"), Some(pointer));
        assert_eq!(Pointer::parse("#"), Some(Pointer::root()));
        assert_eq!(Pointer::parse("no/slash"), None);
    }
}
