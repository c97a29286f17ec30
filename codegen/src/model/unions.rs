//! Unions.

use serde_json::Value;

use super::place::{differs, docs, members, text};
use super::{Member, Object, Union, has_id};
use crate::names::Scope;
use crate::{Pointer, Result};

pub(super) fn unions(document: &Value, objects: &[Object]) -> Result<Vec<Union>> {
    let mut unions = Vec::new();
    for (name, place) in members(&document["x-unions"]) {
        let mut scope = Scope::of_union_variants();
        let listed = place["members"].as_array().into_iter().flatten();
        let members = listed.map(|member| {
            let ty = text(&member["type"]);
            let object = objects
                .binary_search_by(|object| object.name.as_str().cmp(&ty))
                .map_err(|_| differs(&Pointer::from(["x-unions", name])))?;
            Ok(Member {
                variant: scope.pascal(ty.clone(), "Object"),
                ty,
                object: text(&member["object"]),
                deleted: member["deleted"] == true,
                has_id: has_id(&objects[object].fields),
            })
        });
        unions.push(Union {
            name: name.clone(),
            members: members.collect::<Result<_>>()?,
            docs: match docs(place) {
                none if none.is_empty() => "One of several types of object.".to_owned(),
                docs => docs,
            },
        });
    }
    unions.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(unions)
}
