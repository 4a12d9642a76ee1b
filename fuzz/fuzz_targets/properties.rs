//! One fuzzer for all properties, as most of the time goes into building it. The environment variable `PROPERTY` names the one that is searched.

#![no_main]

use std::sync::LazyLock;

use jiaogao_fuzz::Property;
use libfuzzer_sys::fuzz_target;

static PROPERTY: LazyLock<Property> = LazyLock::new(|| jiaogao_fuzz::property(&std::env::var("PROPERTY").expect("PROPERTY names one")));

fuzz_target!(|data: &[u8]| PROPERTY(data));
