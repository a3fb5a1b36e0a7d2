//! What differs between the texts of two versions, as pages tell it?

pub use saqta_policy::diff::texts::{ChangeKind, ClauseChange, Piece, PieceKind, texts};
