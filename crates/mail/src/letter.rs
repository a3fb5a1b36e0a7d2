//! What stands in a letter, as its writer meant it to be read?
