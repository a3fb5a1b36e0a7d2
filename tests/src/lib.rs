//! Tests of the whole house; see `clauses/`.
