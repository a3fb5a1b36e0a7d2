//! Does an ordinary e-mail become what its writer asked for, once, and nothing more?

mod letters;
mod outcomes;
mod story;
