//! The command line, as the files in `tests/cmd` tell it. `TRYCMD=overwrite cargo test --test cmd` writes down what it says now.

#[test]
fn commands() {
    trycmd::TestCases::new().env("LC_ALL", "C.UTF-8").case("tests/cmd/*.trycmd");
}
