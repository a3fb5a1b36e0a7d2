//! Which phrases ask for what? The tables in `words/`, one a language, one line a phrase, read once.
//!
//! ```text
//! [erase] = удалите сотрите …            words that stand for one another; `*` is any ending
//! destruction order [erase] + [data]     a kind, a form and a phrase
//! ```
//!
//! A phrase is made of items with `+` between them, which may stand in any order near each other. Within an item, words follow
//! one another; `..` lets up to four others stand between. `-[name]` before an item: none of those words stands right before it.
//! The first item is the deed: if it is denied, nothing is asked. `$` is the end of the sentence, and `& [name]` at the end of a
//! line means that one of those words stands anywhere in the text.
//!
//! Forms: `order` is a demand by itself; `wish` needs a word of asking in the sentence, or a place where short words are demands
//! (the subject, the beginning of a sentence); `told` is a statement or a question that is enough as it stands.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use super::text::{Latin, Sentence, fold};
use super::{Language, LetterKind};

/// Whether a phrase alone is a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// It is.
    Order,
    /// With a word of asking.
    Wish,
    /// It need not be one.
    Told,
}

/// What a line of a table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// It asks for this.
    Asks(LetterKind, Form),
    /// It names a state body.
    Body,
    /// It is how state bodies demand.
    Demand,
    /// It points to a law, a case or an order.
    Reference,
    /// It is what only a private person says.
    Private,
    /// It means something else than it seems to: whatever it covers is not looked at.
    Nothing,
}

/// A line of a table.
pub struct Phrase {
    /// The table it stands in.
    pub language: Language,
    /// What it says.
    pub meaning: Meaning,
    /// The line as it stands in the table.
    pub written: &'static str,
    /// What the line means, by the first word of each class: «удалите … данные». To be told to staff.
    pub example: String,
    /// A class of which a word must stand somewhere in the text.
    pub elsewhere: Option<usize>,
    items: Vec<Item>,
}

struct Item {
    not_after: Option<usize>,
    steps: Vec<Step>,
}

#[derive(Clone, Copy)]
struct Step {
    class: usize,
    /// Whether other words may stand before it.
    gap: bool,
}

/// The sign for the end of a sentence.
const END: &str = "$";
/// Words that may stand between the words of an item.
const GAP: usize = 4;
/// Words that may stand between two items.
const NEAR: usize = 7;
/// Places of one item that are tried in one sentence.
const PLACES: usize = 12;

/// Where a phrase was found in a sentence: the words of the first item, and those of all.
pub struct Found {
    /// The words of the deed.
    pub deed: Vec<usize>,
    /// All words.
    pub all: Vec<usize>,
}

/// All tables.
pub struct Vocabulary {
    /// All phrases.
    pub phrases: Vec<Phrase>,
    exact: HashMap<String, Vec<usize>>,
    stems: HashMap<String, Vec<usize>>,
    /// Long words and stems by their first letter, for slips of the pen.
    long: HashMap<char, Vec<Long>>,
    /// The phrases whose first word belongs to a class.
    by_first: HashMap<usize, Vec<usize>>,
    names: HashMap<String, usize>,
    /// The first word of each class, by which it is shown.
    shown: HashMap<usize, &'static str>,
    classes: usize,
    longest_stem: usize,
    /// Lines that could not be read. A test sees that there are none.
    pub faults: Vec<(Language, usize)>,
}

/// The tables as they are built in.
pub static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary {
        phrases: Vec::new(),
        exact: HashMap::new(),
        stems: HashMap::new(),
        long: HashMap::new(),
        by_first: HashMap::new(),
        names: HashMap::new(),
        shown: HashMap::new(),
        classes: 0,
        longest_stem: 0,
        faults: Vec::new(),
    };
    vocabulary.read(Language::Ru, include_str!("words/ru.txt"));
    vocabulary.read(Language::Kk, include_str!("words/kk.txt"));
    vocabulary.read(Language::En, include_str!("words/en.txt"));
    vocabulary.gather_long();
    vocabulary
});

/// The classes that each word of a sentence belongs to.
pub struct Seen(Vec<Vec<usize>>);

impl Seen {
    /// Whether the word at a place belongs to a class.
    pub fn is(&self, at: usize, class: usize) -> bool {
        self.0.get(at).is_some_and(|classes| classes.contains(&class))
    }

    /// Takes words out of sight.
    pub fn forget(&mut self, places: &[usize]) {
        for place in places {
            if let Some(classes) = self.0.get_mut(*place) {
                classes.clear();
            }
        }
    }

    /// All classes that were seen.
    pub fn classes(&self) -> impl Iterator<Item = usize> {
        self.0.iter().flatten().copied()
    }

    fn places(&self, class: usize) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().filter(move |(_, classes)| classes.contains(&class)).map(|(at, _)| at)
    }
}

impl Vocabulary {
    fn read(&mut self, language: Language, table: &'static str) {
        for (number, line) in table.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if self.read_line(language, line).is_none() {
                self.faults.push((language, number + 1));
            }
        }
    }

    fn read_line(&mut self, language: Language, line: &'static str) -> Option<()> {
        if let Some(rest) = line.strip_prefix('[') {
            let (name, words) = rest.split_once(']')?;
            let words = words.trim().strip_prefix('=')?;
            let class = self.class(language, name);
            for word in words.split_whitespace() {
                self.put(word, class);
                self.shown.entry(class).or_insert(word);
            }
            return Some(());
        }
        let (word, rest) = line.split_once(' ')?;
        let (meaning, phrase) = match word {
            "body" => (Meaning::Body, rest),
            "demand" => (Meaning::Demand, rest),
            "reference" => (Meaning::Reference, rest),
            "private" => (Meaning::Private, rest),
            "nothing" => (Meaning::Nothing, rest),
            _ => {
                let (form, rest) = rest.trim().split_once(' ')?;
                let form = match form {
                    "order" => Form::Order,
                    "wish" => Form::Wish,
                    "told" => Form::Told,
                    _ => return None,
                };
                (Meaning::Asks(LetterKind::from_word(word)?, form), rest)
            }
        };
        let written = phrase.trim();
        let (phrase, elsewhere) = match written.split_once('&') {
            Some((phrase, class)) => {
                let name = class.trim().strip_prefix('[').and_then(|class| class.strip_suffix(']'))?;
                (phrase, Some(self.known(language, name)?))
            }
            None => (written, None),
        };
        let items = phrase.split('+').map(|item| self.item(language, item)).collect::<Option<Vec<_>>>()?;
        if let Some(first) = items.first().and_then(|item| item.steps.first()) {
            self.by_first.entry(first.class).or_default().push(self.phrases.len());
        }
        let example = self.example(language, written);
        self.phrases.push(Phrase { language, meaning, written, example, elsewhere, items });
        Some(())
    }

    /// A line in words: each class by its first word, with dots where others may stand between.
    fn example(&self, language: Language, written: &'static str) -> String {
        let mut shown: Vec<&str> = Vec::new();
        for sign in written.split_whitespace().filter(|sign| *sign != END && !sign.starts_with('-')) {
            let class = sign.strip_prefix('[').and_then(|sign| sign.strip_suffix(']'));
            let class = class.and_then(|name| self.known(language, name));
            let word = match sign {
                "+" | ".." | "&" => "…",
                word => class.and_then(|class| self.shown.get(&class).copied()).unwrap_or(word),
            };
            if word != "…" || shown.last() != Some(&"…") {
                shown.push(word);
            }
        }
        shown.join(" ").replace('*', "…")
    }

    fn item(&mut self, language: Language, item: &str) -> Option<Item> {
        let mut read = Item { not_after: None, steps: Vec::new() };
        let mut gap = false;
        for word in item.split_whitespace() {
            if word == ".." {
                gap = true;
            } else if let Some(name) = word.strip_prefix("-[").and_then(|word| word.strip_suffix(']')) {
                read.not_after = Some(self.known(language, name)?);
            } else {
                let class = match word.strip_prefix('[').and_then(|word| word.strip_suffix(']')) {
                    Some(name) => self.known(language, name)?,
                    None => {
                        let class = self.class(language, word);
                        self.put(word, class);
                        class
                    }
                };
                read.steps.push(Step { class, gap });
                gap = false;
            }
        }
        (!read.steps.is_empty()).then_some(read)
    }

    fn class(&mut self, language: Language, name: &str) -> usize {
        let key = format!("{} {name}", language.as_str());
        *self.names.entry(key).or_insert_with(|| {
            self.classes += 1;
            self.classes
        })
    }

    fn known(&self, language: Language, name: &str) -> Option<usize> {
        self.names.get(&format!("{} {name}", language.as_str())).copied()
    }

    fn put(&mut self, word: &str, class: usize) {
        let (map, word) = match word.strip_suffix('*') {
            Some(stem) => (&mut self.stems, fold(stem, Latin::Kept)),
            None => (&mut self.exact, fold(word, Latin::Kept)),
        };
        self.longest_stem = self.longest_stem.max(word.chars().count());
        let classes = map.entry(word).or_default();
        if !classes.contains(&class) {
            classes.push(class);
        }
    }

    fn gather_long(&mut self) {
        let words =
            self.exact.iter().filter(|(word, _)| word.chars().count() >= 6).map(|entry| (entry, false));
        let stems =
            self.stems.iter().filter(|(stem, _)| stem.chars().count() >= 5).map(|entry| (entry, true));
        let mut long: HashMap<char, Vec<Long>> = HashMap::new();
        for ((word, classes), is_stem) in words.chain(stems) {
            let Some(first) = word.chars().next() else { continue };
            long.entry(first).or_default().push(Long {
                word: word.clone(),
                is_stem,
                classes: classes.clone(),
            });
        }
        self.long = long;
    }

    /// The classes of one name in all tables.
    pub fn named(&self, name: &str) -> Vec<usize> {
        Language::ALL.iter().filter_map(|language| self.known(*language, name)).collect()
    }

    /// The class of a name in one table.
    pub fn named_in(&self, language: Language, name: &str) -> Option<usize> {
        self.known(language, name)
    }

    /// The phrases that may stand in a sentence, in the order of the tables.
    pub fn likely(&self, seen: &Seen) -> impl Iterator<Item = &Phrase> {
        let numbers: BTreeSet<usize> =
            seen.classes().filter_map(|class| self.by_first.get(&class)).flatten().copied().collect();
        numbers.into_iter().filter_map(|number| self.phrases.get(number))
    }

    /// Looks a sentence's words up. With `slips`, a long word may differ from a long stem by one letter.
    pub fn see(&self, sentence: &Sentence, slips: bool) -> Seen {
        let mut seen: Vec<Vec<usize>> =
            sentence.tokens.iter().map(|token| self.classes(&token.word, slips)).collect();
        seen.push(self.exact.get(END).cloned().unwrap_or_default());
        Seen(seen)
    }

    fn classes(&self, word: &str, slips: bool) -> Vec<usize> {
        let mut classes: Vec<usize> = self.exact.get(word).into_iter().flatten().copied().collect();
        for (count, (at, ch)) in word.char_indices().enumerate() {
            if count >= self.longest_stem {
                break;
            }
            let stem = word.get(..at + ch.len_utf8()).unwrap_or_default();
            classes.extend(self.stems.get(stem).into_iter().flatten());
        }
        if slips && classes.is_empty() && word.chars().count() >= 6 && word.len() < 60 {
            let alike = word.chars().next().and_then(|first| self.long.get(&first));
            let slips = alike.into_iter().flatten().filter(|long| long.is_meant_by(word));
            classes.extend(slips.flat_map(|long| &long.classes));
        }
        classes
    }
}

/// A word or stem that is long enough to be known with a letter wrong.
struct Long {
    word: String,
    is_stem: bool,
    classes: Vec<usize>,
}

impl Long {
    /// Whether a word is this one with one letter wrong, missing, too much or swapped.
    fn is_meant_by(&self, word: &str) -> bool {
        if !self.is_stem {
            return super::marks::distance(word, &self.word, 1) <= 1;
        }
        let length = self.word.chars().count();
        [length, length + 1, length - 1].iter().any(|taken| {
            let end = word.char_indices().nth(*taken).map_or(word.len(), |(at, _)| at);
            word.get(..end).is_some_and(|head| super::marks::distance(head, &self.word, 1) <= 1)
        })
    }
}

impl Phrase {
    /// The places of a phrase in a sentence. Few are enough: the first that is not denied decides.
    pub fn find(&self, seen: &Seen) -> Vec<Found> {
        let Some((deed, others)) = self.items.split_first() else { return Vec::new() };
        deed.find(seen)
            .into_iter()
            .filter_map(|deed| {
                let mut all = deed.clone();
                for item in others {
                    let near = item.find(seen).into_iter().find(|places| {
                        places.iter().all(|place| !all.contains(place)) && are_near(&all, places)
                    })?;
                    all.extend(near);
                }
                Some(Found { deed, all })
            })
            .collect()
    }
}

/// Whether few words stand between two groups of words.
fn are_near(left: &[usize], right: &[usize]) -> bool {
    left.iter().any(|a| right.iter().any(|b| a.abs_diff(*b) <= NEAR + 1))
}

impl Item {
    fn find(&self, seen: &Seen) -> Vec<Vec<usize>> {
        let Some((first, rest)) = self.steps.split_first() else { return Vec::new() };
        let mut found = Vec::new();
        for begin in seen.places(first.class) {
            let denied = self.not_after.is_some_and(|class| begin > 0 && seen.is(begin - 1, class));
            if denied {
                continue;
            }
            let mut places = vec![begin];
            let mut last = begin;
            let complete = rest.iter().all(|step| {
                let reach = if step.gap { GAP + 1 } else { 1 };
                let next = (last + 1..=last + reach).find(|at| seen.is(*at, step.class));
                if let Some(next) = next {
                    places.push(next);
                    last = next;
                }
                next.is_some()
            });
            if complete {
                found.push(places);
            }
            if found.len() == PLACES {
                break;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::text::sentences;

    #[test]
    fn every_line_of_the_tables_is_read() {
        assert_eq!(VOCABULARY.faults, []);
        assert!(VOCABULARY.phrases.len() > 150);
    }

    #[test]
    fn a_line_is_told_by_the_first_words_of_its_classes() {
        let told: Vec<_> = VOCABULARY.phrases.iter().map(|phrase| phrase.example.as_str()).collect();
        assert!(told.contains(&"удалите … данные") && told.contains(&"удалите … меня … базы"), "{told:?}");
        let is_plain = |told: &&&str| !told.is_empty() && !told.contains(['[', ']', '+', '*', '$', '&']);
        assert_eq!(told.iter().filter(is_plain).count(), told.len());
    }

    #[test]
    fn items_stand_in_any_order_near_each_other() {
        let found = |text: &str| {
            let sentences = sentences(text, Latin::Kept);
            let seen = VOCABULARY.see(&sentences[0], false);
            VOCABULARY.phrases.iter().any(|phrase| {
                phrase.meaning == Meaning::Asks(LetterKind::Destruction, Form::Order)
                    && !phrase.find(&seen).is_empty()
            })
        };
        assert!(found("удалите все мои данные"));
        assert!(found("данные мои удалите"));
        assert!(!found("удалите товар из корзины"));
    }
}
