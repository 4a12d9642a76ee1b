//! Word documents, from the file to the findings and back into a copy of the file.

mod annotate;
mod command;
#[path = "../support/formats.rs"]
mod formats;
mod hostile;
mod office;
mod package;
#[path = "../properties/office.rs"]
#[expect(dead_code, reason = "tests/properties.rs uses the rest of it")]
mod property;
mod same;
mod schema;
