//! Does an ordinary e-mail become what its writer asked for, once, and nothing more?

#![cfg(test)]

mod killed;
mod letters;
mod outcomes;
mod post_office;
mod story;
