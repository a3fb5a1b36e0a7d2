//! Does the program name a country or its law, which belongs into a pack?
//!
//! What is looked for is read from the packs themselves: their names, the zones and places they set, and the short names of
//! the laws they cite. Tests, comments and documents may name them; so may the defaults of the command line, and the demo,
//! which is an example that happens to be a program.

use std::collections::BTreeSet;

use super::rust_text::RustText;
use super::sources::is_test;
use super::{Finding, Tree, numbered};

const DEFAULTS: &str = "crates/server/src/config.rs";
const DEMO: &str = "crates/server/src/commands/demo/";
const HINT: &str =
    "packs differ in data alone: read it from the pack, or put a default of the command line into config.rs";

pub fn check(tree: &Tree) -> Vec<Finding> {
    let words = Words::of(tree);
    let engine = |path: &str| {
        path.starts_with("crates/") && path.contains("/src/") && path != DEFAULTS && !path.starts_with(DEMO)
    };
    let sources = tree.rust().filter(|(path, _)| engine(path));
    sources.flat_map(|(path, text)| file(path, text, &words)).collect()
}

fn file(path: &str, text: &str, words: &Words) -> Vec<Finding> {
    // What tests are made of lies in `samples.rs` beside them.
    if is_test(path) || path.ends_with("/samples.rs") {
        return Vec::new();
    }
    let read = RustText::read(text);
    let tests_from = read.tests_from().unwrap_or(usize::MAX);
    let literals = read.literals.iter().filter(|literal| literal.line < tests_from);
    literals
        .filter_map(|literal| {
            let word = words.named_in(&literal.text)?;
            let message = format!("the program names `{word}`, which is a matter of one country's pack");
            Some(Finding::failure(path, literal.line, message, HINT))
        })
        .collect()
}

/// What only packs may say.
#[derive(Default)]
struct Words {
    /// Names of packs: found where they are a whole literal, or stand in quotes inside of one.
    packs: BTreeSet<String>,
    /// Zones and places: found where they are a whole literal.
    places: BTreeSet<String>,
    /// Short names of laws: found anywhere in a literal.
    laws: BTreeSet<String>,
}

impl Words {
    fn of(tree: &Tree) -> Self {
        let mut words = Self::default();
        for (path, text) in tree.iter() {
            let pack = path.strip_prefix("packs/").and_then(|rest| rest.strip_suffix("/pack.toml"));
            let Some(name) = pack else { continue };
            words.packs.insert(name.to_owned());
            for (_, line) in numbered(text) {
                let Some((key, value)) = line.split_once('=') else { continue };
                let value = value.trim().trim_start_matches('"').split('"').next().unwrap_or_default();
                match key.trim() {
                    "zone" | "storage" => {
                        words.places.insert(value.to_owned());
                    }
                    "source" => words.laws.extend(cited(value)),
                    _ => {}
                }
            }
        }
        words
    }

    fn named_in(&self, literal: &str) -> Option<&str> {
        let quoted = |word: &str| {
            literal == word
                || literal.contains(&format!("\\\"{word}\\\""))
                || literal.contains(&format!("`{word}`"))
        };
        let pack = self.packs.iter().find(|word| quoted(word));
        let place = || self.places.iter().find(|word| literal == word.as_str());
        pack.or_else(place)
            .or_else(|| self.laws.iter().find(|law| literal.contains(law.as_str())))
            .map(String::as_str)
    }
}

/// The laws that a source cites: what stands before ` art. `, without what stands before it.
fn cited(source: &str) -> Vec<String> {
    let parts = source.split([';', ':', ',']);
    let laws = parts.filter_map(|part| part.split_once(" art. ").map(|(law, _)| law.trim().to_owned()));
    laws.filter(|law| {
        !law.is_empty() && law.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric())
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACK: &str = "pack = \"xy\"\nzone = \"Moon/North\"\nstorage = \"XY\"\n[[basis]]\nsource = \"12-A art. 9; Code of Days art. 1\"\n";

    fn messages(path: &str, text: &str) -> Vec<usize> {
        let tree = Tree::of(&[("packs/xy/pack.toml", PACK), (path, text)]);
        check(&tree).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_country_in_the_program_is_found_in_every_form() {
        let path = "crates/policy/src/a.rs";
        for literal in
            ["xy", "XY", "Moon/North", "of 12-A art. 3", "Code of Days", "write [\\\"xy\\\"]", "take `xy`"]
        {
            let text = format!("//! Q\nfn a() -> &'static str {{ \"{literal}\" }}\n");
            assert_eq!(messages(path, &text), [2], "{literal}");
        }
    }

    #[test]
    fn words_that_merely_look_like_it_are_left_alone() {
        let text =
            "//! Of `xy` and 12-A art. 3\n/// `xy`\nfn a() { b(\"galaxy\", \"country = XY\", \"12\") }\n";
        assert_eq!(messages("crates/policy/src/a.rs", text), Vec::<usize>::new());
    }

    #[test]
    fn tests_documents_and_defaults_may_name_a_country() {
        let tested = "//! Q\n#[cfg(test)]\nmod tests {\n    fn a() { b(\"xy\") }\n}\n";
        assert_eq!(messages("crates/policy/src/a.rs", tested), Vec::<usize>::new());
        for path in
            ["crates/policy/tests/a.rs", DEFAULTS, "crates/server/src/commands/demo/mod.rs", "xtask/src/a.rs"]
        {
            assert_eq!(messages(path, "//! Q\nfn a() { b(\"xy\") }\n"), Vec::<usize>::new());
        }
    }
}
