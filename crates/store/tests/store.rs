//! Does the store keep its promises on both databases?

#[cfg(test)]
mod suite;
