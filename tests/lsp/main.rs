//! The server over its protocol, in the same process.

mod actions;
mod apply;
mod beside;
mod client;
mod diagnostics;
mod figures;
mod lifecycle;
mod navigation;
mod order;
mod protocol;
mod rest;
mod settings;
mod workspace;
