//! The sandbox against thousands of requests that are made from the document.

mod requests;
