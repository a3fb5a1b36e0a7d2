//! Who plays in the story? Twelve invented people with an order of each.

use std::collections::BTreeMap;

use anyhow::Context;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The people of the story, and the ids that the shop was given for them.
pub struct People {
    persons: Vec<Person>,
    ids: BTreeMap<String, String>,
}

const ITEMS: [(&str, &str); 12] = [
    ("yerlan", "brake pads"),
    ("aigul", "a battery"),
    ("sergey", "winter tyres"),
    ("darya", "a windscreen"),
    ("alikhan", "a headlight"),
    ("gulnar", "a child seat"),
    ("viktor", "oil and a filter"),
    ("aruzhan", "a dashcam"),
    ("nurlan", "a jack"),
    ("olga", "a rare grille"),
    ("marat", "forty wheel bearings"),
    ("irina", "floor mats"),
];

#[derive(Deserialize)]
struct Written {
    person: Vec<Person>,
}

/// An invented person.
#[derive(Clone, Debug, Deserialize)]
pub struct Person {
    id: String,
    language: String,
    pub full_name: String,
    pub phone: String,
    pub email: String,
    pub iin: String,
    company_bin: Option<String>,
    car_plate: String,
    car_vin: String,
    pub visitor_id: String,
    consents: Consents,
    pub order: Order,
}

#[derive(Clone, Debug, Deserialize)]
struct Consents {
    marketing: Vec<String>,
    service_book: bool,
}

/// What was ordered.
#[derive(Clone, Debug, Deserialize)]
pub struct Order {
    pub number: String,
    pub created: toml::value::Datetime,
    pub status: String,
    purchase_total: i64,
    recipient_name: String,
    recipient_phone: String,
    delivery_address: String,
}

/// SHA-256 of the consent texts in hexadecimal, by purpose and language.
pub type Texts = BTreeMap<(String, String), String>;

impl People {
    /// Reads them; the earliest order first.
    pub fn read(text: &str) -> anyhow::Result<Self> {
        let mut people = toml::from_str::<Written>(text).context("the story's people cannot be read")?.person;
        people.sort_by_key(|p| p.order.created.to_string());
        Ok(Self { persons: people, ids: BTreeMap::new() })
    }

    /// All of them.
    pub fn all(&self) -> &[Person] {
        &self.persons
    }

    /// One of them.
    pub fn named(&self, id: &str) -> anyhow::Result<&Person> {
        self.persons
            .iter()
            .find(|p| p.id == id)
            .with_context(|| format!("nobody in the story is called {id}"))
    }

    /// Notes the id by which the system knows somebody, as a shop does beside the order.
    pub fn note(&mut self, person: &Person, answer: &Value) {
        if let Some(id) = answer.get("subject").and_then(Value::as_str) {
            self.ids.insert(person.id.clone(), id.to_owned());
        }
    }

    /// Somebody as the shop names them to the system: by the id it was given.
    pub fn subject(&self, person: &Person) -> Value {
        json!({ "id": self.ids.get(&person.id) })
    }

    /// Those whose order has come so far.
    pub fn with_status(&self, statuses: &'static [&'static str]) -> impl Iterator<Item = &Person> {
        self.persons.iter().filter(|p| statuses.contains(&p.order.status.as_str()))
    }
}

impl Person {
    /// The name the story calls them by.
    pub fn called(&self) -> String {
        let mut letters = self.id.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
    }

    /// How a shop speaks of them: by the address they gave it.
    pub fn by_email(&self) -> Value {
        json!({ "attribute": "email", "value": self.email })
    }

    /// Everything a checkout sends: the order, its delivery, and what was ticked.
    pub fn checkout(&self, texts: &Texts) -> Value {
        let order = &self.order;
        let total = order.purchase_total.to_string();
        let mut bought = json!({
            "full_name": self.full_name, "phone": self.phone, "email": self.email, "purchase_total": total,
        });
        if let (Some(bin), Some(values)) = (&self.company_bin, bought.as_object_mut()) {
            values.insert("company_bin".to_owned(), json!(bin));
        }
        let mut parts = vec![
            json!({ "purpose": "order", "reference": order.number, "values": bought }),
            json!({ "purpose": "delivery", "reference": order.number, "values": {
                "delivery_address": order.delivery_address,
                "recipient_name": order.recipient_name,
                "recipient_phone": order.recipient_phone,
                "purchase_total": total,
            }}),
        ];
        if !self.consents.marketing.is_empty() {
            let mut values = Map::from_iter([("full_name".to_owned(), json!(self.full_name))]);
            for channel in &self.consents.marketing {
                let (attribute, value) =
                    if channel == "sms" { ("phone", &self.phone) } else { ("email", &self.email) };
                values.insert(attribute.to_owned(), json!(value));
            }
            let consents: Vec<Value> = self
                .consents
                .marketing
                .iter()
                .map(|c| self.answer(texts, "marketing", Some(c), true))
                .collect();
            parts.push(json!({ "purpose": "marketing", "values": values, "consents": consents }));
        }
        if self.consents.service_book {
            parts.push(json!({
                "purpose": "service_book",
                "values": { "car_plate": self.car_plate, "car_vin": self.car_vin },
                "consents": [self.answer(texts, "service_book", None, true)],
            }));
        }
        json!({ "parts": parts })
    }

    /// An answer to a consent text, as the form recorded it.
    pub fn answer(&self, texts: &Texts, purpose: &str, channel: Option<&str>, given: bool) -> Value {
        let digest = texts.get(&(purpose.to_owned(), self.language.clone()));
        let mut answer = json!({
            "given": given,
            "text_digest": digest,
            "language": self.language,
            "evidence": format!("checkout form, order {}", self.order.number),
        });
        if let (Some(channel), Some(fields)) = (channel, answer.as_object_mut()) {
            fields.insert("channel".to_owned(), json!(channel));
        }
        answer
    }

    /// What they ordered, in words.
    pub fn ordered(&self) -> &'static str {
        ITEMS.iter().find(|(id, _)| *id == self.id).map_or("something", |(_, item)| item)
    }

    /// What they ticked, in words.
    pub fn ticked(&self) -> String {
        let mut ticks = Vec::new();
        let channels: Vec<&str> =
            self.consents.marketing.iter().map(|c| if c == "sms" { "SMS" } else { "e-mail" }).collect();
        if !channels.is_empty() {
            ticks.push(format!("advertising by {}", channels.join(" and ")));
        }
        if self.consents.service_book {
            ticks.push("a service book".to_owned());
        }
        if ticks.is_empty() { "ticks nothing".to_owned() } else { format!("ticks {}", ticks.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::demo::example;

    #[test]
    fn twelve_people_are_read_the_earliest_order_first() {
        let people = People::read(example("story/people.toml").unwrap()).unwrap();
        assert_eq!(people.all().len(), 12);
        assert!(people.all().is_sorted_by_key(|p| p.order.created.to_string()));
        assert_eq!(people.named("darya").unwrap().called(), "Darya");
        assert!(people.all().iter().all(|p| p.ordered() != "something"));
        assert!(people.named("nobody").is_err());
    }
}
