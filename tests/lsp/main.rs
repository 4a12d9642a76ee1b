//! The server over its protocol, in the same process.

mod client;
mod lifecycle;
mod order;
