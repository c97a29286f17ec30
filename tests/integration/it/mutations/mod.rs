//! Every single change of the document and of the generated text is seen.

mod document;
mod each;
mod edit;
mod generated;
#[path = "../../../../codegen/tests/mutate/mod.rs"]
mod mutate;
