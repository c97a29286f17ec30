//! The sandbox against thousands of requests that are made from the document.

mod dice;
mod generator;
mod pool;
mod requests;
