//! The properties of the crate's tests, for the fuzzers.

#[path = "../../tests/properties/mod.rs"]
mod properties;

pub use properties::Property;

/// The property of a name.
pub fn property(name: &str) -> Property {
    let found = properties::ALL.iter().find(|(other, _)| *other == name);
    found.unwrap_or_else(|| panic!("there is no property {name}")).1
}
