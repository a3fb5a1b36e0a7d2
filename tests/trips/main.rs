//! How often does the server wait for its database?

#[cfg(test)]
mod round_trips;
