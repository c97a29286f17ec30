//! What is compiled for tests alone.

use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token};

/// Whether attributes such as `#[test]` and `#[cfg(all(test, …))]` leave it out of every build but
/// that of the tests.
pub(crate) fn is_test_only(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| says_test(&attribute.meta))
}

fn says_test(meta: &Meta) -> bool {
    if meta.path().is_ident("cfg") {
        let Meta::List(cfg) = meta else { return false };
        return cfg
            .parse_args()
            .is_ok_and(|predicate| takes_test(&predicate));
    }
    let last = meta.path().segments.last();
    last.is_some_and(|segment| segment.ident == "test")
}

/// Whether a predicate of `cfg` holds in tests alone.
fn takes_test(predicate: &Meta) -> bool {
    let Meta::List(list) = predicate else {
        return predicate.path().is_ident("test");
    };
    let Ok(parts) = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated) else {
        return false;
    };
    if list.path.is_ident("all") {
        parts.iter().any(takes_test)
    } else {
        list.path.is_ident("any") && !parts.is_empty() && parts.iter().all(takes_test)
    }
}
