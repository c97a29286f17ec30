//! What a crate's sources define, import and name, before anything is looked up.

mod arena;
mod item;
mod path;
mod scope;
mod space;

pub(crate) use arena::Tree;
pub(crate) use item::{FileId, Item, ScopeId, Target};
pub(crate) use path::{NamePath, Start};
pub(crate) use scope::{Glob, Mention, Scope, Use};
pub(crate) use space::Space;
