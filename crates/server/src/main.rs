//! The binary `saqta`.
fn main() {}
