//! Types as the generator decides on them.

use super::error::refused;
use crate::Result;
use crate::lower::{BOXED, NULLABLE, RUNTIME_TYPES, Table};

/// A type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ty {
    /// Nothing.
    Unit,
    Bool,
    Integer,
    Text,
    /// A type of the crate, by its name.
    Named(String),
    /// A type of the runtime, with its arguments.
    Runtime(&'static str, Vec<Ty>),
    Option(Box<Ty>),
    Boxed(Box<Ty>),
    Vec(Box<Ty>),
    /// A map from texts.
    Map(Box<Ty>),
}

impl Ty {
    /// Reads a type as it is printed. Only the last word of each path tells anything.
    pub(super) fn read(ty: &syn::Type, table: &Table) -> Result<Self> {
        let unknown = || refused(format!("a type is of no known form: {}", shown(ty)));
        let path = match ty {
            syn::Type::Path(path) => path,
            syn::Type::Reference(reference) => return Self::read(&reference.elem, table),
            syn::Type::Tuple(tuple) if tuple.elems.is_empty() => return Ok(Self::Unit),
            _ => return Err(unknown()),
        };
        let last = path.path.segments.last().ok_or_else(unknown)?;
        let arguments = match &last.arguments {
            syn::PathArguments::AngleBracketed(arguments) => arguments
                .args
                .iter()
                .map(|argument| match argument {
                    syn::GenericArgument::Type(ty) => Self::read(ty, table),
                    _ => Err(unknown()),
                })
                .collect::<Result<Vec<_>>>()?,
            _ => Vec::new(),
        };
        let name = last.ident.to_string();
        let number = |letter: char| name.strip_prefix(letter)?.parse::<usize>().ok();
        if let Some(component) = number('T').and_then(|number| table.types.get(number)) {
            return Ok(Self::Named(component.name.clone()));
        }
        if let Some(native) = number('N').and_then(|number| table.natives.get(number)) {
            return Ok(Self::Named(native.clone()));
        }
        let boxed = |arguments: &[Self]| match arguments {
            [only] => Ok(Box::new(only.clone())),
            _ => Err(unknown()),
        };
        Ok(match name.as_str() {
            "bool" => Self::Bool,
            "i64" => Self::Integer,
            "String" | "str" => Self::Text,
            "Option" | NULLABLE => Self::optional(*boxed(&arguments)?),
            "Box" | BOXED => Self::boxed(*boxed(&arguments)?),
            "Vec" => Self::Vec(boxed(&arguments)?),
            "BTreeMap" => match arguments.as_slice() {
                [Self::Text, value] => Self::Map(Box::new(value.clone())),
                _ => return Err(unknown()),
            },
            name => match RUNTIME_TYPES.iter().find(|known| **known == name) {
                Some(known) => Self::Runtime(known, arguments),
                None => return Err(unknown()),
            },
        })
    }

    fn optional(inner: Self) -> Self {
        match inner {
            Self::Option(_) => inner,
            inner => Self::Option(Box::new(inner)),
        }
    }

    /// Where a circle is broken at an option, what the option holds is boxed.
    fn boxed(inner: Self) -> Self {
        match inner {
            Self::Option(inner) => Self::Option(Box::new(Self::boxed(*inner))),
            Self::Boxed(_) => inner,
            inner => Self::Boxed(Box::new(inner)),
        }
    }

    /// The type inside of an option.
    pub(crate) fn inside_option(&self) -> Option<&Self> {
        match self {
            Self::Option(inner) => Some(inner),
            _ => None,
        }
    }
}

fn shown(ty: &syn::Type) -> String {
    quote::ToTokens::to_token_stream(ty).to_string()
}
