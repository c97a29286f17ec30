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

/// The parameters of the page beyond a cursor, or of the first page.
type FormOf = dyn Fn(Option<&str>) -> Form + Send + Sync;

impl Source {
    pub(crate) fn new<P: ListParams + Send + Sync + 'static>(params: P) -> Self {
        let direction = params.direction();
        let form = move |cursor: Option<&str>| {
            let mut form = Form::new();
            match cursor {
                None => params.encode(&mut form),
                Some(cursor) => {
                    let mut params = params.clone();
                    match direction {
                        Direction::Forward => params.starting_after(cursor.to_owned()),
                        Direction::Backward => params.ending_before(cursor.to_owned()),
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
    pub(crate) fn fetch(&self, call: &Call, cursor: Option<&str>) -> Pending {
        let call = call.clone().refuse_owned(self.owns);
        call.send((self.form)(cursor))
    }
}
