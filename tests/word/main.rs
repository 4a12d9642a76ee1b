//! Word documents, from the file to the findings and back into a copy of the file.

mod annotate;
mod command;
mod hostile;
mod office;
mod package;
mod same;
mod schema;
