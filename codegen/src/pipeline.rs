//! All stages from the trimmed document to the generated text.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::schemas::operations;
use crate::slice::{OperationKey, Slice};
use crate::{
    Error, Result, Stage, document, generate, marks, normalise, overlay, postprocess, undocumented,
    verify,
};

/// The texts that the client is generated from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'t> {
    /// The trimmed document, `openapi/financial-connections.json`.
    pub document: &'t str,
    /// Our words and marks, `openapi/overlay.yaml`.
    pub overlay: &'t str,
    /// The names of the operations, `openapi/slice.toml`.
    pub slice: &'t str,
}

/// The generated text.
#[derive(Clone, Debug)]
pub struct Output {
    /// The files by their paths below `client/src/generated/`.
    pub files: BTreeMap<String, String>,
    /// The places of the document that have no documentation.
    pub undocumented: Vec<String>,
}

/// Generates the client. Tells `progress` each stage as it begins.
///
/// # Errors
///
/// When a source is not what its stage understands; the error names the stage, the place and the mend.
pub fn client(sources: &Sources<'_>, progress: &mut dyn FnMut(Stage)) -> Result<Output> {
    progress(Stage::Parse);
    let document = document::parse(sources.document)?;
    progress(Stage::Slice);
    let slice = Slice::parse(sources.slice)?;
    generated(document, &slice, Some(sources.overlay), progress).map(|(output, _)| output)
}

/// Places whose objects have no type of their own, by their pointers, and what became of them.
pub(crate) type Untyped = BTreeMap<String, String>;

/// The stages behind the slice. A document without an overlay is not the committed one: nothing in it
/// has our names, and it need not have every idiom.
pub(crate) fn generated(
    mut document: Value,
    slice: &Slice,
    overlay: Option<&str>,
    progress: &mut dyn FnMut(Stage),
) -> Result<(Output, Untyped)> {
    name_operations(&mut document, slice)?;
    progress(Stage::Overlay);
    match overlay {
        Some(overlay) => overlay::apply(&mut document, overlay)?,
        None => marks::add(&mut document)?,
    }
    progress(Stage::Normalise);
    normalise::normalise(&mut document, overlay.is_some())?;
    progress(Stage::Verify);
    verify::verify(&mut document)?;
    progress(Stage::Generate);
    let generated = generate::generate(&document)?;
    progress(Stage::Postprocess);
    let undocumented = undocumented::list(&document);
    let files = postprocess::postprocess(&generated, &document)?;
    let untyped = document[normalise::UNTYPED]
        .as_object()
        .into_iter()
        .flatten();
    let untyped = untyped
        .filter_map(|(at, account)| Some((at.clone(), account.as_str()?.to_owned())))
        .collect();
    let output = Output {
        files,
        undocumented,
    };
    Ok((output, untyped))
}

/// Writes the slice's names into the operations, where the later stages find them.
fn name_operations(document: &mut Value, slice: &Slice) -> Result<()> {
    operations(document, &mut |at, operation| {
        let [_, path, method] = at.segments() else {
            return Ok(());
        };
        let key = OperationKey::new(method, path);
        let Some(named) = slice.operation(&key) else {
            return Err(Error::new(
                Stage::Slice,
                at,
                format!("{key} is not in the slice"),
                "trim the document again with this slice",
            ));
        };
        operation["x-rust"] = format!("{}.{}", named.resource, named.function).into();
        Ok(())
    })
}
