//! What a crate consists of: what the emitter prints, and all that it knows.
//!
//! [`build`] puts it together: the shapes are the generator's decisions, the names are given by
//! [`names`](crate::names), and documentation and marks come from the document.

mod build;
mod place;
mod requests;
mod types;
mod unions;

use crate::engine::Ty;

pub(crate) use build::build;

/// A client crate.
pub(crate) struct Crate {
    /// The version of the API that it asks for.
    pub(crate) version: String,
    /// The objects of answers, by name.
    pub(crate) objects: Vec<Object>,
    /// The objects that requests take, and the parameters of whole requests, by name.
    pub(crate) params: Vec<Params>,
    pub(crate) enums: Vec<Enum>,
    pub(crate) unions: Vec<Union>,
    pub(crate) ids: Vec<Id>,
    /// The resources, by name.
    pub(crate) resources: Vec<Resource>,
}

/// An object of an answer.
pub(crate) struct Object {
    pub(crate) name: String,
    pub(crate) docs: String,
    pub(crate) fields: Vec<Field>,
    /// What it calls itself in `object`.
    pub(crate) tag: Option<String>,
}

/// An object that is sent.
pub(crate) struct Params {
    pub(crate) name: String,
    pub(crate) docs: String,
    pub(crate) fields: Vec<Field>,
    /// Whether these are the parameters of a whole request.
    pub(crate) is_request: bool,
    /// Whether its properties exclude one another.
    pub(crate) is_exclusive: bool,
    /// Whether a JSON body may hold it.
    pub(crate) is_json: bool,
}

/// A field of an object or of parameters.
pub(crate) struct Field {
    pub(crate) ident: String,
    /// The name on the wire.
    pub(crate) wire: String,
    pub(crate) ty: Ty,
    pub(crate) docs: String,
    /// Whether the generator lets it be absent.
    pub(crate) optional: bool,
    pub(crate) is_sensitive: bool,
    /// The group of which only one may be given.
    pub(crate) exclusive: Option<String>,
    /// Whether it goes into the query of a request that has a body.
    pub(crate) in_query: bool,
}

/// An enum of texts.
pub(crate) struct Enum {
    pub(crate) name: String,
    pub(crate) docs: String,
    pub(crate) values: Vec<EnumValue>,
}

/// A value of an enum.
pub(crate) struct EnumValue {
    pub(crate) ident: String,
    pub(crate) wire: String,
    pub(crate) docs: String,
}

/// A place that holds one of several objects.
pub(crate) struct Union {
    pub(crate) name: String,
    pub(crate) docs: String,
    pub(crate) members: Vec<Member>,
}

/// A type that a union can be.
pub(crate) struct Member {
    pub(crate) variant: String,
    pub(crate) ty: String,
    /// What tells it apart.
    pub(crate) object: String,
    pub(crate) deleted: bool,
    /// Whether it has an id of its own.
    pub(crate) has_id: bool,
}

/// A type of ids.
pub(crate) struct Id {
    pub(crate) name: String,
    pub(crate) docs: String,
}

/// A resource: a method of the client, and a module.
pub(crate) struct Resource {
    pub(crate) name: String,
    pub(crate) ty: String,
    pub(crate) docs: String,
    pub(crate) operations: Vec<Operation>,
}

/// An operation: a method of its resource, and the request that it makes.
pub(crate) struct Operation {
    pub(crate) function: String,
    pub(crate) request: String,
    /// The type of its parameters, an index into those of the crate.
    pub(crate) params: usize,
    pub(crate) constant: String,
    /// In lower case.
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) setters: Vec<Setter>,
    pub(crate) body: BodyForm,
    pub(crate) answer: AnswerForm,
    pub(crate) summary: String,
    pub(crate) description: String,
    /// The vendor's page.
    pub(crate) reference: Option<String>,
}

/// Something without which a request cannot be made.
pub(crate) struct Argument {
    pub(crate) ident: String,
    pub(crate) docs: String,
    pub(crate) what: Given,
}

/// Something that a request can be given.
pub(crate) struct Setter {
    pub(crate) ident: String,
    pub(crate) what: Given,
}

/// What an argument or a setter is for.
pub(crate) enum Given {
    /// A parameter of the path.
    Path { wire: String, ty: Ty },
    /// A header.
    Header { name: String, docs: String },
    /// A field of the parameters, by its index.
    Field(usize),
    /// A field of an object whose properties exclude one another: the field that holds the object, the
    /// object's index among the parameters, and its own field.
    Exclusive(usize, usize, usize),
}

/// How the parameters of a request are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyForm {
    /// All as a form, in the query or in the body as the method has it.
    Form,
    /// Some in the query, and the others as a form in the body.
    FormAndQuery,
    /// As JSON in the body, and some in the query perhaps.
    Json,
}

/// What an operation answers.
pub(crate) enum AnswerForm {
    /// JSON of a type.
    Json(Ty),
    /// A page of a list that is read page by page, of items of a type.
    Pages(Ty),
    /// The answer to a search, of a type, which finds items of a type.
    Search(Ty, Ty),
    /// Nothing.
    Empty,
    /// Bytes.
    Bytes,
}

impl Field {
    /// Whether nothing can be made without the field. The generator makes an array or a map that is
    /// not required one that is empty.
    pub(crate) fn is_required(&self) -> bool {
        !self.optional && self.ty.inside_option().is_none()
    }
}

impl Params {
    /// Whether these are the parameters of a list that is read page by page.
    pub(crate) fn has_cursors(&self) -> bool {
        let is_cursor = |ty: &Ty| matches!(ty, Ty::Text | Ty::Named(_));
        ["starting_after", "ending_before"].iter().all(|cursor| {
            self.fields.iter().any(|field| {
                field.wire == *cursor
                    && field.ident == *cursor
                    && field.ty.inside_option().is_some_and(is_cursor)
            })
        })
    }
}

/// Whether an object of these fields can be told by an id.
pub(crate) fn has_id(fields: &[Field]) -> bool {
    let is_text = |ty: &Ty| matches!(ty, Ty::Text | Ty::Named(_));
    fields
        .iter()
        .any(|field| field.wire == "id" && is_text(field.ty.inside_option().unwrap_or(&field.ty)))
}
