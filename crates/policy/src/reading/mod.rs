//! What is wrong with a published text, read alone?

mod matcher;
mod number;
mod scan;
mod source;
mod tokens;
mod general;
mod text;
