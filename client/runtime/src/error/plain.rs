//! Names from outside, fit for a log.

use std::fmt;

/// A string from outside that should be a name: of a code, a parameter, a field, a request.
///
/// An unexpected value may contain personal data, so it is not printed.
pub(crate) struct Plain<'a>(pub(crate) &'a str);

impl Plain<'_> {
    fn is_name(&self) -> bool {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.[]".contains(&byte);
        self.0.len() <= 200 && self.0.bytes().all(allowed)
    }
}

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_name() {
            self.0
        } else {
            "[not a name]"
        })
    }
}
