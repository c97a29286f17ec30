//! The client against a server that answers from a script.

mod blocking;
mod errors;
mod faults;
mod limits;
mod matrix;
mod pages;
mod properties;
mod refresh;
mod requests;
mod retry;
mod secrets;
mod stream;
mod tls;
