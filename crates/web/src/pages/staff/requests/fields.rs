//! Of what is a form of the desk made, and what did somebody type into it?
//!
//! A field is called by its name everywhere: in the form that is sent, in the words (`desk-<name>`, `desk-<name>-hint`), and in
//! the fault that is found with it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::Trouble;
use crate::pages::staff::Frame;

/// What a form says: the text of each field by its name.
#[derive(Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Said(BTreeMap<String, String>);

impl Said {
    /// What was typed, without the blanks around it; nothing where nothing was.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.trim())
    }

    /// Whether the form had such a field at all.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// What was typed, taken along.
    pub(super) fn text(&self, name: &str) -> String {
        self.get(name).to_owned()
    }

    /// What has to be there.
    pub(super) fn need(&self, frame: &Frame<'_>, name: &str) -> Result<String, Trouble> {
        match self.get(name) {
            "" => Err(Trouble::of(frame, name, "desk-fault-empty")),
            text => Ok(text.to_owned()),
        }
    }

    /// A day that may be left out.
    pub(super) fn day(&self, frame: &Frame<'_>, name: &str) -> Result<Option<Date>, Trouble> {
        match self.get(name) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| Trouble::of(frame, name, "desk-fault-day_malformed")),
        }
    }

    /// Whether a box was ticked.
    pub(super) fn ticked(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// Which boxes of a group were ticked.
    pub(super) fn ticks<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a str> {
        let ticked = self.0.iter().filter(|(_, text)| !text.trim().is_empty());
        ticked.filter_map(move |(name, _)| name.strip_prefix(group)?.strip_prefix('.'))
    }

    /// The same form with something filled in beforehand.
    pub(super) fn with(mut self, name: &str, text: impl Into<String>) -> Self {
        self.0.entry(name.to_owned()).or_insert_with(|| text.into());
        self
    }
}

/// One thing that a form asks for.
pub(super) struct Field {
    pub id: String,
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub control: Control,
    pub value: String,
    pub required: bool,
    pub fault: Option<String>,
    /// The classes that show it only with the choices it belongs to.
    pub when: String,
}

/// In which way it asks.
pub(super) enum Control {
    Line,
    Words,
    Day { latest: Option<Date> },
    Choice(Vec<Choice>),
    Tick,
    Ticks(Vec<Tick>),
}

/// One of several.
pub(super) struct Choice {
    pub value: String,
    pub words: String,
    pub chosen: bool,
}

/// A box in a group.
pub(super) struct Tick {
    pub id: String,
    pub name: String,
    pub words: String,
    pub ticked: bool,
}

impl Field {
    /// What a reader hears with the field.
    pub(super) fn described(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let fault = self.fault.as_ref().map(|_| format!("{}-fault", self.id));
        fault.into_iter().chain(hint).collect::<Vec<_>>().join(" ")
    }

    /// Shows it only while one of these is chosen in its form. Without that skill a browser shows it always.
    pub(super) fn when(mut self, choices: &[&str]) -> Self {
        let classes = choices.iter().map(|choice| format!(" when-{choice}"));
        self.when = format!("when{}", classes.collect::<String>());
        self
    }
}

/// Who writes the fields of a form.
pub(super) struct Asking<'a> {
    pub frame: &'a Frame<'a>,
    /// What makes the ids of this form differ from those of others on the page.
    pub form: &'a str,
    pub said: &'a Said,
    pub trouble: Option<&'a Trouble>,
}

impl Asking<'_> {
    /// A line of text.
    pub(super) fn line(&self, name: &str, required: bool) -> Field {
        self.field(name, required, Control::Line)
    }

    /// Words over several lines.
    pub(super) fn words(&self, name: &str, required: bool) -> Field {
        self.field(name, required, Control::Words)
    }

    /// A day, and the last one that can be meant.
    pub(super) fn day(&self, name: &str, required: bool, latest: Option<Date>) -> Field {
        self.field(name, required, Control::Day { latest })
    }

    /// A box that has to be ticked.
    pub(super) fn tick(&self, name: &str) -> Field {
        self.field(name, true, Control::Tick)
    }

    /// One of several, by value and words. Where none has to be chosen, the first says so.
    pub(super) fn choice(&self, name: &str, required: bool, choices: Vec<(String, String)>) -> Field {
        let none = (!required).then(|| (String::new(), self.frame.word("desk-none")));
        let choices = none.into_iter().chain(choices).map(|(value, words)| {
            let chosen = value == self.said.get(name);
            Choice { value, words, chosen }
        });
        self.field(name, required, Control::Choice(choices.collect()))
    }

    /// Any of several, by value and words.
    pub(super) fn ticks(&self, group: &str, choices: Vec<(String, String)>) -> Field {
        let ticks = choices.into_iter().map(|(value, words)| {
            let name = format!("{group}.{value}");
            Tick { id: self.id(&name), ticked: self.said.ticked(&name), name, words }
        });
        self.field(group, false, Control::Ticks(ticks.collect()))
    }

    /// The same field with another label.
    pub(super) fn called(&self, label: String, field: Field) -> Field {
        Field { label, ..field }
    }

    /// The field's id on the page.
    pub(super) fn id(&self, name: &str) -> String {
        format!("{}-{}", self.form, name.replace('.', "-"))
    }

    fn field(&self, name: &str, required: bool, control: Control) -> Field {
        let key = format!("desk-{name}");
        let hint_key = format!("{key}-hint");
        let hint = self.frame.word(&hint_key);
        let optional = !required && matches!(control, Control::Line | Control::Words | Control::Day { .. });
        let label = self.frame.word(&key);
        let trouble = self.trouble.filter(|trouble| trouble.field.as_deref() == Some(name));
        Field {
            id: self.id(name),
            name: name.to_owned(),
            label: if optional { self.frame.told("desk-optional", &[("label", &label)]) } else { label },
            hint: (hint != hint_key).then_some(hint),
            control,
            value: self.said.text(name),
            required,
            fault: trouble.map(|trouble| trouble.words.clone()),
            when: String::new(),
        }
    }
}
