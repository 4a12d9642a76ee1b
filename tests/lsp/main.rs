//! The server over its protocol, in the same process.

mod actions;
mod apply;
mod client;
mod diagnostics;
mod lifecycle;
mod navigation;
mod order;
mod settings;
mod workspace;
