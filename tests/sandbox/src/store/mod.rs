//! Storage: rows in the order of creation, and tenants.

mod shelf;
mod tenant;

pub(crate) use self::shelf::{Index, Row, Shelf};
pub(crate) use self::tenant::Tenant;
