//! Where pages come from.

use std::sync::Arc;

use crate::form::Form;
use crate::params::{Direction, ListParams};
use crate::transport::{Call, Pending};

/// Makes the parameters of any page. It erases their type, so that paging is compiled once and not
/// for each list.
#[derive(Clone)]
pub(crate) struct Source {
    form: Arc<FormOf>,
    owns: fn(&str) -> bool,
    pub(crate) direction: Direction,
}

/// How to go on after a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cursor {
    /// Beyond the item with this id.
    Item(String),
    /// With the page that a search names like this.
    Page(String),
}

impl Cursor {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Item(text) | Self::Page(text) => text,
        }
    }
}

/// The parameters of the page beyond a cursor, or of the first page.
type FormOf = dyn Fn(Option<&Cursor>) -> Form + Send + Sync;

impl Source {
    pub(crate) fn new<P: ListParams + Send + Sync + 'static>(params: P) -> Self {
        let direction = params.direction();
        let form = move |cursor: Option<&Cursor>| {
            let mut form = Form::new();
            match cursor {
                None => params.encode(&mut form),
                Some(cursor) => {
                    let mut params = params.clone();
                    match (cursor.clone(), direction) {
                        (Cursor::Page(page), _) => params.page(page),
                        (Cursor::Item(id), Direction::Forward) => params.starting_after(id),
                        (Cursor::Item(id), Direction::Backward) => params.ending_before(id),
                    }
                    params.encode(&mut form);
                }
            }
            form
        };
        Self {
            form: Arc::new(form),
            owns: P::owns,
            direction,
        }
    }

    /// Sends the request of the page beyond `cursor`, or of the first page.
    pub(crate) fn fetch(&self, call: &Call, cursor: Option<&Cursor>) -> Pending {
        let call = call.clone().refuse_owned(self.owns);
        call.send((self.form)(cursor))
    }
}
