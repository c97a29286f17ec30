//! The objects, parameters and enums.

use proc_macro2::Span;

use super::declared::Source;
use super::lines::{Field, Lines, Variant, is_object, literal};
use super::rust_type;
use super::spelled::Spelled;
use crate::comparison::facts::Facts;

pub(super) fn say(source: &Source, file: &syn::File, facts: &mut Facts) -> syn::Result<()> {
    for item in &file.items {
        match item {
            syn::Item::Macro(item) if is_object(&item.mac) => {
                let open = item.mac.path.is_ident("object");
                object(source, open, item.mac.parse_body()?, facts)?;
            }
            syn::Item::Macro(item) if item.mac.path.is_ident("open_enum") => {
                let lines: Lines<Variant> = item.mac.parse_body()?;
                let name = lines.name.to_string();
                spelling(file, &lines, facts);
                facts.say(&name, "type", "string");
                facts.say(&name, "open", "true");
                for line in lines.lines {
                    facts.say(&name, "enum", line.wire.value());
                    facts.say(
                        &name,
                        "variant",
                        format!("{} {}", line.variant, line.wire.value()),
                    );
                }
            }
            syn::Item::Enum(item) => {
                for variant in &item.variants {
                    facts.say(
                        &item.ident.to_string(),
                        "declared",
                        variant.ident.to_string(),
                    );
                }
            }
            syn::Item::Impl(item) => tag(item, facts),
            syn::Item::Const(item) if item.ident == "API_VERSION" => {
                facts.say("document", "version", literal(&item.expr));
            }
            _ => {}
        }
    }
    Ok(())
}

fn object(source: &Source, open: bool, lines: Lines<Field>, facts: &mut Facts) -> syn::Result<()> {
    let name = lines.name.to_string();
    facts.say(&name, "type", "object");
    facts.say(&name, "additional", if open { "open" } else { "closed" });
    let missing = |what: &str| syn::Error::new(Span::call_site(), format!("{name} has no {what}"));
    let fields = source.structs.get(&name).ok_or_else(|| missing("struct"))?;
    for line in &lines.lines {
        let place = format!("{name}.{}", line.wire.value());
        let field = line.field.to_string();
        facts.say(
            &place,
            "required",
            (line.presence == "required").to_string(),
        );
        facts.say(&place, "field", &field);
        if line.sensitive.is_some() {
            facts.say(&place, "sensitive", "true");
        }
        let field_type = fields.get(&field).ok_or_else(|| missing(&field))?;
        let can_be_absent = match rust_type::parts(field_type).0.as_str() {
            "Option" => true,
            // An empty list is not sent.
            "Vec" => !open,
            _ => false,
        };
        if line.presence != "required" && !can_be_absent {
            facts.say(&place, "absence", "without a type for it");
        }
        rust_type::say(source, &place, field_type, facts);
    }
    let without = fields
        .keys()
        .filter(|field| *field != "extra" && lines.lines.iter().all(|line| line.field != field));
    without.for_each(|field| facts.say(&name, "field without a line", field));
    Ok(())
}

/// What an enum writes has to be what it reads; only where it is not is there anything to say.
fn spelling(file: &syn::File, lines: &Lines<Variant>, facts: &mut Facts) {
    let Spelled { known, arms } = Spelled::of(file, &lines.name);
    let name = lines.name.to_string();
    let read = || lines.lines.iter();
    if !read().map(|line| &line.wire).eq(&known) {
        facts.say(&name, "KNOWN", "other values than it reads");
    }
    let read = read().map(|line| (&line.variant, &line.wire));
    if !read.eq(arms.iter().map(|arm| (&arm.variant, &arm.wire))) {
        facts.say(&name, "as_str", "other values than it reads");
    }
}

/// The constant in which a type keeps its own name.
fn tag(item: &syn::ItemImpl, facts: &mut Facts) {
    let syn::Type::Path(of) = &*item.self_ty else {
        return;
    };
    for inner in &item.items {
        if let (syn::ImplItem::Const(constant), Some(name)) = (inner, of.path.get_ident())
            && constant.ident == "OBJECT"
        {
            facts.say(&name.to_string(), "tag", literal(&constant.expr));
        }
    }
}
