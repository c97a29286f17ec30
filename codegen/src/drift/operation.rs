//! An operation: what it takes and what it answers.

use serde_json::Value;

use super::comparison::Comparison;
use super::effects::Effects;
use super::finding::{Direction, Place, What, pairs, shown};
use super::parameters::Style;
use super::schema::Slot;
use crate::slice::OperationKey;

impl Comparison<'_> {
    /// Compares an operation that both documents have.
    pub(super) fn operation(&mut self, key: &OperationKey) {
        let at = key.pointer();
        let place = Place::new(format!("{}:", self.name(key)), at);
        let [ours, theirs] = [self.ours, self.theirs]
            .map(|document| &document["paths"][key.path.as_str()][key.method.as_str()]);
        self.found
            .keywords(&place, ours, theirs, |keyword| match keyword {
                "parameters" | "requestBody" | "responses" => None,
                "security" | "servers" => Some(Effects::BREAKS_API),
                _ => Some(Effects::DOCUMENTS),
            });
        self.parameters(&place, &ours["parameters"], &theirs["parameters"]);
        self.body(&place, ours.get("requestBody"), theirs.get("requestBody"));
        self.answers(&place, &ours["responses"], &theirs["responses"]);
    }

    fn body(&mut self, operation: &Place, ours: Option<&Value>, theirs: Option<&Value>) {
        let place = operation.keyword("requestBody").directed(Direction::Sent);
        let demanded = |body: &Value| body["required"] == true;
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                self.found
                    .keywords(&place, ours, theirs, |keyword| match keyword {
                        "content" => None,
                        "required" if demanded(theirs) => Some(Effects::BREAKS_API),
                        "required" => Some(Effects::DOCUMENTS),
                        _ => Some(Effects::BREAKS_API),
                    });
                self.content(&place, ours, theirs, Direction::Sent);
            }
            (None, Some(theirs)) => {
                let effects = if demanded(theirs) {
                    Effects::BREAKS_API
                } else {
                    Effects::ADDS
                };
                self.found.add(place.added(What::Body, effects, "a body"));
            }
            (Some(_), None) => {
                self.found
                    .add(place.removed(What::Body, Effects::BREAKS_API, "a body"));
            }
            (None, None) => {}
        }
    }

    fn answers(&mut self, operation: &Place, ours: &Value, theirs: &Value) {
        let responses = operation.keyword("responses").directed(Direction::Received);
        for (status, ours, theirs) in pairs(ours, theirs) {
            let name = format!("{} {status}:", operation.name().trim_end_matches(':'));
            let place = responses.below(name, status);
            match (ours, theirs) {
                (Some(ours), Some(theirs)) => {
                    self.found
                        .keywords(&place, ours, theirs, |keyword| match keyword {
                            "content" => None,
                            "$ref" => Some(Effects::BREAKS_BOTH),
                            _ => Some(Effects::DOCUMENTS),
                        });
                    self.content(&place, ours, theirs, Direction::Received);
                }
                (Some(_), None) => {
                    let effects = Effects::BREAKS_BOTH;
                    self.found.add(place.removed(What::Answer, effects, status));
                }
                _ => self
                    .found
                    .add(place.added(What::Answer, Effects::ADDS, status)),
            }
        }
    }

    /// The media types of a body or an answer.
    fn content(&mut self, place: &Place, ours: &Value, theirs: &Value, direction: Direction) {
        let content = place.keyword("content");
        for (media_type, ours, theirs) in pairs(&ours["content"], &theirs["content"]) {
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

    fn media_type(&mut self, place: &Place, ours: &Value, theirs: &Value, direction: Direction) {
        self.found
            .keywords(place, ours, theirs, |keyword| match keyword {
                "schema" if ours.get(keyword).is_some() && theirs.get(keyword).is_some() => None,
                "encoding" => None,
                _ => Some(Effects::BREAKS_API),
            });
        if let (Some(ours), Some(theirs)) = (ours.get("schema"), theirs.get("schema")) {
            self.schema(
                &place.keyword("schema"),
                ours,
                theirs,
                direction,
                Slot::Value,
            );
        }
        let is_in_both = |field: &str| {
            [ours, theirs]
                .iter()
                .all(|media_type| media_type["schema"]["properties"].get(field).is_some())
        };
        let encodings = place.keyword("encoding");
        for (field, was, now) in pairs(&ours["encoding"], &theirs["encoding"]) {
            // The encoding of a field comes and goes with the field.
            if was == now || (!is_in_both(field) && (was.is_none() || now.is_none())) {
                continue;
            }
            let place = encodings.below(place.part_name(field), field);
            let style = |encoding: Option<&Value>| Style::of(encoding, "form");
            if style(was) != style(now) {
                let (was, now) = (style(was), style(now));
                self.found
                    .add(place.changed(What::Encoding, Effects::BREAKS_API, was, now));
            } else {
                let effects = Effects::DOCUMENTS;
                let (was, now) = (shown(was), shown(now));
                self.found
                    .add(place.changed(What::Encoding, effects, was, now));
            }
        }
    }
}
