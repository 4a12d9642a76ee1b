//! jiaogao (校稿) proof-reads Chinese report drafts as a whole: numbering, repeated passages, figures that contradict each other, and characters
//! that are not what was meant.
//!
//! # The way of a draft
//! 1. [`source`] decodes a file and cuts it into blocks of prose.
//! 2. [`facts`] says what one block states: markers, figures, clauses, odd characters. Read once per block and kept while the block reads the same.
//! 3. [`model`] puts the facts of all blocks together: the numbering tree, the figures, the passages, the terms.
//! 4. [`rules`] compare facts and models with what should be, and report [`finding`]s.
//! 5. [`linter`] runs them, and `cli` or `lsp` shows what they found.
//!
//! Imports go from the end of this list to its beginning, never back. Inside, a position is a byte offset; lines, columns and UTF-16 exist only
//! at the edges. Nothing before step 5 reads a file or can fail.

pub mod automatic;
pub mod border;
pub mod charset;
pub mod cli;
pub mod config;
pub mod dossier;
pub mod draft;
pub mod facts;
pub mod finding;
pub mod fix;
pub mod interim;
pub mod lexicon;
pub mod linter;
pub mod lsp;
pub mod markup;
pub mod model;
pub mod numeral;
pub mod output;
pub mod rule;
pub mod rules;
pub mod script;
pub mod selector;
pub mod source;
pub mod suppress;
pub mod text;
pub mod xml;
