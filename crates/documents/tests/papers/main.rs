//! Does every paper say all it was given, in three languages, in print and on the page, and is none made that lacks something?

#[cfg(test)]
mod answers;
#[cfg(test)]
mod checks;
#[cfg(test)]
mod records;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod words;
