//! What may be done with personal data, and in which words: the terms of the policy as types, and its rules as functions.
//!
//! Nothing here reads a clock, a file, a network or a random source. Time is an argument, facts are an argument, and
//! every rule answers from the same three things: the operator's policy, the law in force, and the person's standing.
//! A yes is a [`rules::Permit`], which only a rule can make; a no is a [`terms::Refusal`] that names its clause.

pub mod rules;
pub mod terms;
