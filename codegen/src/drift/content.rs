//! What is in a body or an answer: media types, encodings, headers.

use std::collections::BTreeSet;

use serde_json::Value;

use super::comparison::{Comparison, Slot};
use super::effective::Part;
use super::effects::Effects;
use super::finding::{Direction, What};
use super::meaning::said;
use super::parameters::Style;
use super::place::{Place, pairs};
use super::view::View;

impl<'d> Comparison<'d> {
    /// The media types of a body, an answer or a parameter.
    pub(super) fn content(
        &mut self,
        place: &Place,
        ours: &Part<'d>,
        theirs: &Part<'d>,
        direction: Direction,
    ) {
        let content = place.keyword("content");
        let of = |part: &Part<'d>| part.value.get("content").unwrap_or(&Value::Null);
        for (media_type, ours, theirs) in pairs(of(ours), of(theirs)) {
            let place = content.keyword(media_type);
            match (ours, theirs) {
                (Some(ours), Some(theirs)) => self.media_type(&place, ours, theirs, direction),
                (Some(_), None) => {
                    let effects = direction.pick(Effects::BREAKS_API, Effects::BREAKS_BOTH);
                    self.found
                        .add(place.removed(What::MediaType, effects, media_type));
                }
                _ => self
                    .found
                    .add(place.added(What::MediaType, Effects::ADDS, media_type)),
            }
        }
    }

    fn media_type(
        &mut self,
        place: &Place,
        ours: &'d Value,
        theirs: &'d Value,
        direction: Direction,
    ) {
        let schemas = said(ours.get("schema")).zip(said(theirs.get("schema")));
        self.found
            .keywords(place, ours, theirs, |keyword| match keyword {
                "schema" if schemas.is_some() => None,
                "encoding" => None,
                _ => Some(Effects::BREAKS_API),
            });
        if let Some((ours, theirs)) = schemas {
            let place = place.keyword("schema");
            self.schema(&place, ours, theirs, direction, Slot::Value);
        }
        let [before, after] =
            [(self.ours, ours), (self.theirs, theirs)].map(|(document, media_type)| {
                let view = View::of(&media_type["schema"]).without_aliases(document);
                view.followed(document).unwrap_or(view)
            });
        let encodings = place.keyword("encoding");
        for (field, was, now) in pairs(&ours["encoding"], &theirs["encoding"]) {
            // The encoding of a field comes and goes with the field.
            let is_in_both = before.has_field(field) && after.has_field(field);
            if !is_in_both && (was.is_none() || now.is_none()) {
                continue;
            }
            let place = encodings.below(place.part_name(field), field);
            self.encoding(&place, was, now);
        }
    }

    /// How a field of a form is written; without a word about it, as OpenAPI says.
    fn encoding(&mut self, place: &Place, was: Option<&Value>, now: Option<&Value>) {
        let style = |encoding: Option<&Value>| Style::of(encoding, "form");
        if style(was) != style(now) {
            let (was, now) = (style(was), style(now));
            self.found
                .add(place.changed(What::Encoding, Effects::BREAKS_API, was, now));
        }
        let [was, now] = [was, now].map(|encoding| encoding.unwrap_or(&Value::Null));
        self.found.keywords(place, was, now, |keyword| {
            (!["style", "explode"].contains(&keyword)).then_some(Effects::DOCUMENTS)
        });
    }

    /// The headers of an answer, which no client of ours has fields for.
    pub(super) fn headers(&mut self, place: &Place, ours: &Part<'d>, theirs: &Part<'d>) {
        let [before, after] =
            [(self.ours, ours), (self.theirs, theirs)].map(|(it, part)| part.map(it, "headers"));
        let names: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
        for name in names {
            let headers = place.below(place.part_name(name), "headers");
            match (before.get(name), after.get(name)) {
                (Some(ours), Some(theirs)) => {
                    let place = place.at(headers.name(), ours.at.clone(), theirs.at.clone());
                    self.found.keywords(&place, ours.value, theirs.value, |_| {
                        Some(Effects::DOCUMENTS)
                    });
                }
                (was, _) => {
                    let place = headers.keyword(name);
                    self.found.add(match was {
                        Some(_) => place.removed(What::Header, Effects::DOCUMENTS, name),
                        None => place.added(What::Header, Effects::DOCUMENTS, name),
                    });
                }
            }
        }
    }
}
