//! Resources, their operations, and what each request can be given.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::place::{differs, docs, text};
use super::{
    AnswerForm, Argument, BodyForm, Crate, Field, Given, Object, Operation, Params, Resource,
    Setter, has_id,
};
use crate::engine::{Decisions, Signature, Ty};
use crate::judge::{Answer, answer, is_option};
use crate::lower::Table;
use crate::names::{Names, Scope, pascal, snake};
use crate::{Result, lower};

/// What requests are made from.
pub(super) struct Requests<'m> {
    document: &'m Value,
    objects: &'m [Object],
    params: &'m [Params],
    by_name: BTreeMap<&'m str, usize>,
    /// The types whose values can be told by an id.
    listed: BTreeSet<&'m str>,
}

impl<'m> Requests<'m> {
    pub(super) fn new(document: &'m Value, made: &'m Crate) -> Self {
        let objects = made.objects.iter().filter(|object| has_id(&object.fields));
        let objects = objects.map(|object| object.name.as_str());
        let unions = made.unions.iter().map(|union| union.name.as_str());
        Self {
            document,
            objects: &made.objects,
            params: &made.params,
            by_name: by_name(&made.params),
            listed: objects.chain(unions).collect(),
        }
    }

    /// The resources by their names, each with its operations in the order of the table.
    pub(super) fn resources(
        &self,
        table: &Table,
        decisions: &Decisions,
        names: &mut Names,
    ) -> Result<Vec<Resource>> {
        let mut resources: BTreeMap<String, Vec<Operation>> = BTreeMap::new();
        let mut constants: BTreeMap<String, Scope> = BTreeMap::new();
        for (number, named) in table.operations.iter().enumerate() {
            let at = named.key.pointer();
            let place = &self.document["paths"][&named.key.path][&named.key.method];
            let signature = decisions.operations.get(number).and_then(Option::as_ref);
            let signature = signature.ok_or_else(|| differs(&at))?;
            let rust = place["x-rust"].as_str().and_then(|it| it.split_once('.'));
            let (resource, function) = rust.ok_or_else(|| differs(&at))?;
            let constants = constants
                .entry(resource.to_owned())
                .or_insert_with(Scope::of_constants);
            let operation = self.operation(named, place, signature, function, constants)?;
            resources
                .entry(resource.to_owned())
                .or_default()
                .push(operation);
        }
        let resources = resources.into_iter().map(|(name, operations)| Resource {
            ty: resource_type(&name, names),
            docs: text(&self.document["x-resources"][&name]),
            name,
            operations,
        });
        Ok(resources.collect())
    }

    fn operation(
        &self,
        named: &lower::Operation,
        place: &Value,
        signature: &Signature,
        function: &str,
        constants: &mut Scope,
    ) -> Result<Operation> {
        let at = named.key.pointer();
        let request = text(&place["x-name"]);
        let params = text(&place["x-params"]);
        let index = self.by_name.get(params.as_str());
        let index = *index.ok_or_else(|| differs(&at))?;
        let fits = signature.params == Ty::Named(params)
            && signature.arguments.len() == named.arguments.len();
        if !fits {
            return Err(differs(&at));
        }
        let params = &self.params[index];
        let answer = match (answer(place), &signature.answer) {
            (Ok(Answer::Json(_)), Ty::Runtime("List", items)) => match items.as_slice() {
                [item] if self.is_listed(item) && params.has_cursors() => {
                    AnswerForm::Pages(item.clone())
                }
                _ => AnswerForm::Json(signature.answer.clone()),
            },
            (Ok(Answer::Json(_)), ty) if *ty != Ty::Unit => match self.searched(ty, params) {
                Some(item) => AnswerForm::Search(ty.clone(), item.clone()),
                None => AnswerForm::Json(ty.clone()),
            },
            (Ok(Answer::Empty), Ty::Unit) => AnswerForm::Empty,
            (Ok(Answer::Bytes), Ty::Unit) => AnswerForm::Bytes,
            _ => return Err(differs(&at)),
        };
        Ok(Operation {
            function: function.to_owned(),
            constant: constants.pascal(snake(&request).to_uppercase(), "_"),
            request,
            params: index,
            method: named.key.method.clone(),
            path: named.key.path.clone(),
            arguments: arguments(named, place, signature, params),
            setters: self.setters(place, params),
            body: body_form(place, params),
            answer,
            summary: text(&place["summary"]),
            description: docs(place),
            reference: place["externalDocs"]["url"].as_str().map(str::to_owned),
        })
    }

    /// The type of what a search finds, if the answer is that to one: a `search_result` of items with an
    /// id, and a parameter that takes the page it names.
    fn searched(&self, answer: &Ty, params: &Params) -> Option<&'m Ty> {
        let Ty::Named(name) = answer else {
            return None;
        };
        let answer = self.objects.iter().find(|object| object.name == *name);
        let answer = answer.filter(|it| it.tag.as_deref() == Some("search_result"))?;
        let has = |fields: &[Field], wire: &str| fields.iter().any(|field| field.wire == wire);
        let is_paged = has(&params.fields, "page")
            && has(&answer.fields, "has_more")
            && has(&answer.fields, "next_page");
        let data = answer.fields.iter().find(|field| field.wire == "data")?;
        match &data.ty {
            Ty::Vec(item) if is_paged && self.is_listed(item) => Some(item),
            _ => None,
        }
    }

    fn is_listed(&self, ty: &Ty) -> bool {
        matches!(ty, Ty::Named(name) if self.listed.contains(name.as_str()))
    }

    /// A setter for everything that is not required.
    fn setters(&self, place: &Value, params: &Params) -> Vec<Setter> {
        let mut scope = Scope::of_setters();
        let mut setters = Vec::new();
        for (index, field) in params.fields.iter().enumerate() {
            if field.is_required() {
                continue;
            }
            match self.exclusive(field) {
                Some(inner) => {
                    for (position, field) in self.params[inner].fields.iter().enumerate() {
                        setters.push(Setter {
                            ident: scope.snake(field.ident.clone()),
                            what: Given::Exclusive(index, inner, position),
                        });
                    }
                }
                None => setters.push(Setter {
                    ident: scope.snake(field.ident.clone()),
                    what: Given::Field(index),
                }),
            }
        }
        for header in headers(place).filter(|header| header["required"] != true) {
            setters.push(Setter {
                ident: scope.snake(snake(&text(&header["name"]))),
                what: given_header(header),
            });
        }
        setters
    }

    /// The struct of a field whose properties exclude one another: each is set on the request itself.
    fn exclusive(&self, field: &Field) -> Option<usize> {
        let Some(Ty::Named(name)) = field.ty.inside_option() else {
            return None;
        };
        let index = *self.by_name.get(name.as_str())?;
        self.params[index].is_exclusive.then_some(index)
    }
}

fn arguments(
    named: &lower::Operation,
    place: &Value,
    signature: &Signature,
    params: &Params,
) -> Vec<Argument> {
    let mut scope = Scope::of_arguments();
    let mut arguments = Vec::new();
    for (wire, ty) in named.arguments.iter().zip(&signature.arguments) {
        let declared = place["parameters"].as_array().into_iter().flatten();
        let declared = declared
            .filter(|parameter| parameter["in"] == "path" && parameter["name"] == **wire)
            .map(docs)
            .next();
        arguments.push(Argument {
            ident: scope.snake(snake(wire)),
            docs: declared.unwrap_or_default(),
            what: Given::Path {
                wire: wire.clone(),
                ty: ty.clone(),
            },
        });
    }
    for header in headers(place).filter(|header| header["required"] == true) {
        arguments.push(Argument {
            ident: scope.snake(snake(&text(&header["name"]))),
            docs: docs(header),
            what: given_header(header),
        });
    }
    for (index, field) in params.fields.iter().enumerate() {
        if field.is_required() {
            arguments.push(Argument {
                ident: scope.snake(field.ident.clone()),
                docs: field.docs.clone(),
                what: Given::Field(index),
            });
        }
    }
    arguments
}

/// The headers that no option of every request stands for.
fn headers(place: &Value) -> impl Iterator<Item = &Value> {
    let parameters = place["parameters"].as_array().into_iter().flatten();
    parameters.filter(|parameter| {
        parameter["in"] == "header" && !parameter["name"].as_str().is_some_and(is_option)
    })
}

fn given_header(header: &Value) -> Given {
    Given::Header {
        name: text(&header["name"]),
        docs: docs(header),
    }
}

fn body_form(place: &Value, params: &Params) -> BodyForm {
    match place["x-body"].as_str() {
        Some("json") => BodyForm::Json,
        _ if params.fields.iter().any(|field| field.in_query) => BodyForm::FormAndQuery,
        _ => BodyForm::Form,
    }
}

/// The name of a resource's type: `accounts` is `Accounts`, unless an object has that name or it is
/// reserved.
fn resource_type(resource: &str, names: &mut Names) -> String {
    let base = pascal(resource);
    let base = match names.is_taken(&base) {
        true => format!("{base}Resource"),
        false => base,
    };
    names.given(format!("resource {resource}"), base, "Resource")
}

/// The places of parameters by the names of their types.
fn by_name(params: &[Params]) -> BTreeMap<&str, usize> {
    let names = params.iter().enumerate();
    names
        .map(|(index, params)| (params.name.as_str(), index))
        .collect()
}
