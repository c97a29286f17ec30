//! Changes of the generated text, made where the syntax says.

use std::ops::Range;

use syn::spanned::Spanned;

use crate::comparison::source::spelled::Spelled;
use crate::comparison::source::{Files, lines};

/// One change of one file.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    pub(crate) kind: &'static str,
    pub(crate) file: &'static str,
    /// The places, in the order of the file, and what stands there afterwards.
    places: Vec<(Range<usize>, String)>,
}

impl Edit {
    /// The changed text.
    pub(crate) fn apply(&self, text: &str) -> String {
        let mut changed = String::with_capacity(text.len() + 32);
        let mut at = 0;
        for (range, replacement) in &self.places {
            changed.push_str(&text[at..range.start]);
            changed.push_str(replacement);
            at = range.end;
        }
        changed + &text[at..]
    }
}

/// Every change of every kind at every place.
pub(crate) fn all(files: &Files) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (name, text) in files {
        let file = syn::parse_file(text).unwrap();
        let mut editor = Editor {
            file: name,
            text,
            edits: &mut edits,
        };
        for item in &file.items {
            match item {
                syn::Item::Macro(item) if lines::is_object(&item.mac) => {
                    let lines: lines::Lines<lines::Field> = item.mac.parse_body().unwrap();
                    editor.object(&file, &lines);
                }
                syn::Item::Macro(item) if item.mac.path.is_ident("open_enum") => {
                    let lines: lines::Lines<lines::Variant> = item.mac.parse_body().unwrap();
                    editor.enumeration(&file, &lines);
                }
                syn::Item::Static(item) => editor.operation(item),
                syn::Item::Impl(item) if item.trait_.is_none() => editor.request(item),
                _ => {}
            }
        }
    }
    edits
}

struct Editor<'e> {
    file: &'static str,
    text: &'e str,
    edits: &'e mut Vec<Edit>,
}

impl Editor<'_> {
    fn add(&mut self, kind: &'static str, mut places: Vec<(Range<usize>, String)>) {
        places.sort_by_key(|(range, _)| range.start);
        self.edits.push(Edit {
            kind,
            file: self.file,
            places,
        });
    }

    /// The place of a syntax node; with the comma behind it, to take it out of a list.
    fn with_comma(&self, node: &impl Spanned) -> Range<usize> {
        let range = node.span().byte_range();
        let rest = &self.text[range.end..];
        let comma = rest.find(',').expect("lists end with a comma");
        range.start..range.end + comma + 1
    }

    /// The place of a value in a list, with the comma behind it or, of the last one, before it.
    fn listed(&self, value: &Range<usize>) -> Range<usize> {
        match self.text[value.end..].starts_with(',') {
            true => value.start..value.end + 1,
            false => {
                let comma = self.text[..value.start].rfind(',').unwrap_or(value.start);
                comma..value.end
            }
        }
    }

    /// The line of a macro around a place within it.
    fn line(&self, within: &Range<usize>) -> Range<usize> {
        let start = self.text[..within.start].rfind('\n').unwrap_or_default();
        let end = self.text[within.end..].find('\n').unwrap_or_default();
        start..within.end + end
    }

    fn object(&mut self, file: &syn::File, lines: &lines::Lines<lines::Field>) {
        let object = file.items.iter().find_map(|item| match item {
            syn::Item::Struct(item) if item.ident == lines.name => Some(item),
            _ => None,
        });
        for line in &lines.lines {
            let mut fields = object.expect("a struct").fields.iter();
            let field = fields.find(|field| field.ident.as_ref() == Some(&line.field));
            self.field(field.expect("a field"), line);
        }
    }

    fn field(&mut self, field: &syn::Field, line: &lines::Field) {
        let of = field.ty.span().byte_range();
        let text = self.text[of.clone()].to_owned();
        let inner = text
            .split_once('<')
            .map(|(_, inner)| inner[..inner.len() - 1].to_owned());
        let others = [
            Some("String".to_owned()),
            Some("bool".to_owned()),
            Some("i64".to_owned()),
            Some(format!("Vec<{text}>")),
            // What is an `Option` already means the same when it is one twice.
            (!text.starts_with("Option<")).then(|| format!("Option<{text}>")),
            inner.filter(|inner| !inner.contains(',')),
        ];
        for other in others.into_iter().flatten().filter(|other| *other != text) {
            self.add("change a field's type", vec![(of.clone(), other)]);
        }
        let wire = line.wire.span().byte_range();
        let renamed = format!("\"{}_other\"", line.wire.value());
        self.add("rename a field on the wire", vec![(wire.clone(), renamed)]);
        let renamed = format!("{}_other", line.field);
        let ident = field
            .ident
            .as_ref()
            .expect("a named field")
            .span()
            .byte_range();
        let in_line = line.field.span().byte_range();
        self.add(
            "rename a field in Rust",
            vec![(ident, renamed.clone()), (in_line, renamed)],
        );
        let places = vec![
            (self.with_comma(field), String::new()),
            (self.line(&wire), String::new()),
        ];
        self.add("drop a field", places);
        self.add(
            "drop a field's line",
            vec![(self.line(&wire), String::new())],
        );
        let presence = line.presence.span().byte_range();
        let other = if line.presence == "required" {
            "optional"
        } else {
            "required"
        };
        self.add(
            "change whether a field is required",
            vec![(presence.clone(), other.to_owned())],
        );
        let (place, mark) = match &line.sensitive {
            Some(mark) => (mark.span().byte_range(), ""),
            None => (presence.end..presence.end, " sensitive"),
        };
        if self.file != "objects.rs" {
            // `Debug` is not written for what is sent.
            return;
        }
        self.add(
            "change whether a field is shown",
            vec![(place, mark.to_owned())],
        );
    }

    fn enumeration(&mut self, file: &syn::File, lines: &lines::Lines<lines::Variant>) {
        let declared = file.items.iter().find_map(|item| match item {
            syn::Item::Enum(item) if item.ident == lines.name => Some(item),
            _ => None,
        });
        let declared = &declared.expect("an enum").variants;
        let spelled = Spelled::of(file, &lines.name);
        for line in &lines.lines {
            let variant = declared
                .iter()
                .find(|variant| variant.ident == line.variant);
            let variant = variant.expect("a variant");
            let wire = line.wire.span().byte_range();
            let text = format!("\"{}_other\"", line.wire.value());
            self.add("change an enum value", vec![(wire.clone(), text)]);
            self.add(
                "drop an enum value's line",
                vec![(self.line(&wire), String::new())],
            );
            let known = spelled
                .known
                .iter()
                .find(|it| it.value() == line.wire.value());
            let known = known.expect("a known value").span().byte_range();
            let arm = spelled.arms.iter().find(|it| it.variant == line.variant);
            let arm = arm.expect("an arm");
            let written = arm.wire.span().byte_range();
            let text = || format!("\"{}_other\"", line.wire.value());
            self.add(
                "change what an enum value is written as",
                vec![(written.clone(), text())],
            );
            self.add(
                "drop what an enum value is written as",
                vec![(self.listed(&arm.place), String::new())],
            );
            self.add("change a value in KNOWN", vec![(known.clone(), text())]);
            let everywhere = [wire.clone(), written, known.clone()];
            let places = everywhere.into_iter().map(|place| (place, text()));
            self.add("change an enum value everywhere", places.collect());
            let places = vec![
                (self.with_comma(variant), String::new()),
                (self.listed(&known), String::new()),
                (self.listed(&arm.place), String::new()),
                (self.line(&wire), String::new()),
            ];
            self.add("drop an enum value", places);
            let renamed = format!("{}Other", line.variant);
            let ident = variant.ident.span().byte_range();
            let arm = arm.variant.span().byte_range();
            let places = [ident, arm, line.variant.span().byte_range()];
            let places = places.into_iter().map(|place| (place, renamed.clone()));
            self.add("rename a variant", places.collect());
        }
        let (first, variant) = (lines.lines.first(), declared.first());
        let first = first.expect("a value").variant.span().byte_range().start;
        let variant = variant.expect("a variant").span().byte_range().start;
        let known = spelled
            .known
            .first()
            .expect("a value")
            .span()
            .byte_range()
            .start;
        let arm = spelled.arms.first().expect("an arm").place.start;
        let places = vec![
            (variant..variant, "BrandNew,\n    ".to_owned()),
            (known..known, "\"brand_new\", ".to_owned()),
            (
                arm..arm,
                "Self::BrandNew => \"brand_new\",\n            ".to_owned(),
            ),
            (first..first, "BrandNew = \"brand_new\",\n    ".to_owned()),
        ];
        self.add("add an enum value", places);
    }

    fn operation(&mut self, item: &syn::ItemStatic) {
        let syn::Expr::Call(operation) = &*item.expr else {
            return;
        };
        if !self.text[operation.func.span().byte_range()].ends_with("Operation::new") {
            return;
        }
        // The first argument is the service, the same for all.
        for argument in operation.args.iter().skip(1) {
            let place = argument.span().byte_range();
            match argument {
                syn::Expr::Path(_) => {
                    let other = match &self.text[place.clone()] {
                        "v1::Method::Get" => "v1::Method::Post",
                        _ => "v1::Method::Get",
                    };
                    self.add(
                        "change an operation's method",
                        vec![(place, other.to_owned())],
                    );
                }
                _ => {
                    let end = place.end - 1;
                    let kind = "change an operation's name or path";
                    self.add(kind, vec![(end..end, "_other".to_owned())]);
                }
            }
        }
    }

    fn request(&mut self, item: &syn::ItemImpl) {
        for function in &item.items {
            let syn::ImplItem::Fn(function) = function else {
                continue;
            };
            if function.sig.ident == "idempotency_key" {
                let place = function.sig.ident.span().byte_range();
                let kind = "drop the idempotency key of a request";
                self.add(kind, vec![(place, "idempotency_other".to_owned())]);
            }
            if function.sig.ident == "send"
                && let syn::ReturnType::Type(_, future) = &function.sig.output
            {
                let place = future.span().byte_range();
                let other = "v1::ResponseFuture<ErrorBody>".to_owned();
                self.add("change an answer", vec![(place, other)]);
            }
        }
    }
}
