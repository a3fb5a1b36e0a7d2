//! `saqta openapi`: how is the API described, for whoever generates clients or pages from it?

use crate::exit::Exit;
use crate::out::Out;

/// Prints the description.
pub fn run(out: &Out) -> Exit {
    out.raw(&saqta_web::openapi());
    Exit::Done
}
