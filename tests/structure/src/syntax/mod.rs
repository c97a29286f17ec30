//! Readings of single pieces of syntax.

mod attribute_paths;
mod attributes;
mod names;
mod test_only;
mod tokens;
mod use_tree;
mod variables;

pub(crate) use attribute_paths::named_in;
pub(crate) use attributes::{of_expression, of_impl_item, of_item, of_trait_item};
pub(crate) use names::{is_open, line_of, text_of, written};
pub(crate) use test_only::is_test_only;
pub(crate) use tokens::{Spoken, declared, spoken};
pub(crate) use use_tree::{Leaf, leaves};
pub(crate) use variables::variables;
