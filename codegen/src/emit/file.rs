//! One generated file: its head, its imports and its items.

use std::fmt::Write;

use proc_macro2::TokenStream;

use super::error::refused;
use super::imports::imports;
use super::index::Index;
use super::target::Target;
use crate::Result;

/// A file under construction.
pub(super) struct File {
    path: String,
    title: String,
    body: String,
}

impl File {
    pub(super) fn new(path: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            title: title.into(),
            body: String::new(),
        }
    }

    /// Appends items, formatted.
    pub(super) fn items(&mut self, items: TokenStream) -> Result<()> {
        let file = syn::parse2(items)
            .map_err(|error| refused(format!("the text for {} is not Rust: {error}", self.path)))?;
        self.gap();
        self.body += &spaced(&prettyplease::unparse(&file));
        Ok(())
    }

    /// Appends a macro call whose lines are data, as they stand.
    pub(super) fn lines(
        &mut self,
        open: &str,
        lines: impl IntoIterator<Item = String>,
        close: &str,
    ) {
        self.gap();
        self.body += open;
        self.body.push('\n');
        for line in lines {
            let _ = writeln!(self.body, "    {line}");
        }
        self.body += close;
        self.body.push('\n');
    }

    /// Appends one line.
    pub(super) fn line(&mut self, line: &str) {
        self.gap();
        self.body += line;
        self.body.push('\n');
    }

    /// Appends text as it stands.
    pub(super) fn push(&mut self, text: &str) {
        self.body += text;
    }

    fn gap(&mut self) {
        if !self.body.is_empty() {
            self.body.push('\n');
        }
    }

    /// The path and the text.
    pub(super) fn render(self, index: &Index<'_>, target: &Target<'_>) -> (String, String) {
        let mut text = format!("{}\n//! {}\n", target.head, self.title);
        let imports = imports(&self.path, &self.body, index);
        if !imports.is_empty() {
            text += &format!("\n{imports}");
        }
        text += &format!("\n{}", self.body);
        (self.path, text)
    }
}

/// Puts an empty line between items and between methods, which the formatter does not.
fn spaced(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        result += line;
        result.push('\n');
        let closes = matches!(line, "}" | "};" | "}]" | ");" | "    }");
        if closes
            && lines.peek().is_some_and(|next| {
                !next.trim_start().starts_with('}') && !next.starts_with("        ")
            })
        {
            result.push('\n');
        }
    }
    result
}
