//! Of what is a form for people made, what did it say, and how is somebody told what is wrong with it?

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

/// What a form said: each field with all of its values, for of several boxes several can be ticked.
#[derive(Default)]
pub(super) struct Said(BTreeMap<String, Vec<String>>);

impl Said {
    /// What stands in a field; nothing where it was left out.
    pub fn one(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    /// All that was chosen under a name.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Writes into a field that nobody has filled yet.
    pub fn begin_with(&mut self, name: &str, text: String) {
        self.0.insert(name.to_owned(), vec![text]);
    }
}

impl<'de> Deserialize<'de> for Said {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Said;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("fields")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Said, A::Error> {
                let mut said = BTreeMap::<String, Vec<String>>::new();
                while let Some((name, value)) = fields.next_entry::<String, String>()? {
                    said.entry(name).or_default().push(value);
                }
                Ok(Said(said))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// What is wrong with a form.
#[derive(Default)]
pub(super) struct Faults(Vec<Fault>);

/// One thing that is wrong.
pub(super) struct Fault {
    /// The id of the field; none where it is about no field.
    pub place: Option<String>,
    /// What is wrong, and what to do.
    pub words: String,
}

impl Faults {
    /// One that is about no field, or about one.
    pub fn one(place: Option<&str>, words: String) -> Self {
        Self(vec![Fault { place: place.map(str::to_owned), words }])
    }

    /// Says what is wrong with a field.
    pub fn say(&mut self, place: &str, words: String) {
        self.0.push(Fault { place: Some(place.to_owned()), words });
    }

    /// What is wrong with a field.
    pub fn at(&self, place: &str) -> Option<String> {
        let found = self.0.iter().find(|fault| fault.place.as_deref() == Some(place))?;
        Some(found.words.clone())
    }

    /// All of it, in the order of the form.
    pub fn iter(&self) -> std::slice::Iter<'_, Fault> {
        self.0.iter()
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A part of a form.
pub(super) enum Part {
    Line(Line),
    Choice(Choice),
    Rows(Rows),
}

/// A field into which something is typed.
#[derive(Default)]
pub(super) struct Line {
    pub name: &'static str,
    pub label: String,
    pub hint: Option<String>,
    pub fault: Option<String>,
    pub said: String,
    pub autocomplete: &'static str,
    pub input_mode: &'static str,
    /// Whether it takes several lines.
    pub long: bool,
}

impl Line {
    /// The ids of what describes it.
    pub fn described(&self) -> String {
        described(self.name, self.hint.is_some(), self.fault.is_some())
    }
}

/// Things of which one, or several, can be chosen.
pub(super) struct Choice {
    pub name: &'static str,
    pub legend: String,
    pub hint: Option<String>,
    pub fault: Option<String>,
    pub several: bool,
    pub picks: Vec<Pick>,
}

impl Choice {
    /// The ids of what describes it.
    pub fn described(&self) -> String {
        described(self.name, self.hint.is_some(), self.fault.is_some())
    }
}

/// One of them.
pub(super) struct Pick {
    pub value: String,
    pub words: String,
    pub chosen: bool,
}

/// Values with what they should be, one a row.
pub(super) struct Rows {
    pub legend: String,
    pub hint: String,
    pub choose: String,
    pub rows: Vec<Row>,
}

/// One of them.
pub(super) struct Row {
    pub number: usize,
    pub which: String,
    pub which_fault: Option<String>,
    pub picks: Vec<Pick>,
    pub value: String,
    pub value_fault: Option<String>,
    pub said: String,
}

fn described(name: &str, hint: bool, fault: bool) -> String {
    match (hint, fault) {
        (true, true) => format!("{name}-fault {name}-hint"),
        (true, false) => format!("{name}-hint"),
        (false, true) => format!("{name}-fault"),
        (false, false) => String::new(),
    }
}
