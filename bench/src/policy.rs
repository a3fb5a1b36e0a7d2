//! Which policy does the measured shop publish?
//!
//! Its sentences are invented for this purpose. Each installation declares what its workloads need and no more, as a shop would.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::people::CLUB;

/// How many purposes the roles speak of.
pub const REGISTERS: u32 = 100;

/// What a policy speaks of.
#[derive(Clone, Copy, Debug)]
pub enum Subject {
    /// A club card and its news: the common workloads.
    Club,
    /// A card for which little is kept: the greater population.
    Card,
    /// A hundred registers, and an account that may read all of them: the roles.
    Registers,
    /// A file of so many entries: the report, and the destruction of much.
    File(u32),
    /// Eight plain texts: the measure of space.
    Notes,
}

/// Without these there is no club card.
const NEEDED: [&str; 2] = ["full_name", "phone"];

/// How many values of one length a person has where space is measured.
pub const PLAIN_TEXTS: u32 = 8;

const HEAD: &str = r#"# The policy of an invented shop whose server is measured.

format         = 1
version        = 1
effective_from = 2026-01-12
jurisdictions  = ["kz"]
strict         = false

[texts]
en = "text.en.md"

[operator]
name        = "Measured Shop LLP"
bin         = "990140000017"
address     = "12 Hundred Roads Street, Almaty 050000"
site        = ["https://shop.example"]
email       = "privacy@shop.example"
responsible = "order No. 1 of 2026-01-12"
storage     = "KZ"
clauses     = ["1", "3.1"]
"#;

const TEXT: &str = r#"# Personal data policy

## 1. GENERAL PROVISIONS

Measured Shop LLP keeps a club of customers at https://shop.example. This policy says which personal data we take, why, and when we destroy them.

## 2. TERMS

2.1. A purpose is one reason for which data are kept. We name every one of them.

## 3. RIGHTS AND DUTIES

3.1. We answer every request of a person within three working days at privacy@shop.example, and keep the data in Kazakhstan.

## 4. RIGHTS OF PEOPLE

4.1. You may see, correct and block your data, and take any consent back.

## 5. PRINCIPLES

5.1. Nothing is done with personal data that this policy does not permit.

5.2. Data that were taken for one purpose serve no other.

5.5. We take no more than a purpose needs.

5.7. Data are destroyed when their purpose has ended.

## 6. GROUNDS

6.1. We process personal data with consent.

## 7. ORDER

7.4. Whoever takes a consent back ends the purpose that stands on it.

## 8. OPERATIONS

8.1. We collect, record, store, rectify, retrieve, use, block, erase and destroy personal data.
"#;

/// Writes the folder.
pub fn write(folder: &Path, subject: Subject) -> Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("policy.toml"), declarations(subject)?)?;
    fs::write(folder.join("text.en.md"), TEXT)?;
    Ok(())
}

fn declarations(subject: Subject) -> Result<String> {
    let mut toml = String::from(HEAD);
    match subject {
        Subject::Club => club(&mut toml)?,
        Subject::Card => card(&mut toml)?,
        Subject::Registers => registers(&mut toml)?,
        Subject::File(entries) => texts(&mut toml, "file", "Personal file", "e", entries)?,
        Subject::Notes => texts(&mut toml, "notes", "Plain notes", "plain_", PLAIN_TEXTS)?,
    }
    Ok(toml)
}

fn club(toml: &mut String) -> Result<()> {
    for (name, kind, label) in [
        ("full_name", "name", "Full name"),
        ("phone", "phone", "Phone"),
        ("address", "address", "Address"),
        ("city", "text", "Town"),
        ("birth_date", "date", "Date of birth"),
        ("car", "text", "Car"),
        ("tyres", "text", "Tyres"),
    ] {
        attribute(toml, name, kind, label, false)?;
    }
    attribute(toml, "email", "email", "E-mail", true)?;
    let optional: Vec<&str> = CLUB.into_iter().filter(|name| !NEEDED.contains(name)).collect();
    let club =
        Purpose { name: "club", title: "Club card", needs: &NEEDED, may: &optional, compatible_with: &[] };
    club.declare(toml)?;
    Purpose { name: "news", title: "News of the club", needs: &[], may: &["email"], compatible_with: &[] }
        .declare(toml)
}

fn card(toml: &mut String) -> Result<()> {
    for (name, kind, label, find) in [
        ("full_name", "name", "Full name", false),
        ("phone", "phone", "Phone", false),
        ("city", "text", "Town", false),
        ("email", "email", "E-mail", true),
    ] {
        attribute(toml, name, kind, label, find)?;
    }
    let may = ["city", "email"];
    Purpose { name: "club", title: "Card", needs: &NEEDED, may: &may, compatible_with: &[] }.declare(toml)
}

fn registers(toml: &mut String) -> Result<()> {
    let items: Vec<String> = (0..REGISTERS).map(|number| format!("item_{number}")).collect();
    let names: Vec<String> = (0..REGISTERS).map(|number| format!("register_{number}")).collect();
    for (item, name) in items.iter().zip(&names) {
        attribute(toml, item, "text", &format!("Entry, {item}"), false)?;
        Purpose { name, title: name, needs: &[], may: &[item], compatible_with: &[] }.declare(toml)?;
    }
    let (items, names) = (borrowed(&items), borrowed(&names));
    let account =
        Purpose { name: "account", title: "Own account", needs: &[], may: &items, compatible_with: &names };
    account.declare(toml)
}

fn texts(toml: &mut String, name: &str, title: &str, prefix: &str, count: u32) -> Result<()> {
    let texts: Vec<String> = (0..count).map(|number| format!("{prefix}{number}")).collect();
    for text in &texts {
        attribute(toml, text, "text", &format!("Text, {text}"), false)?;
    }
    Purpose { name, title, needs: &[], may: &borrowed(&texts), compatible_with: &[] }.declare(toml)
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

fn attribute(toml: &mut String, name: &str, kind: &str, label: &str, find: bool) -> Result<()> {
    write!(toml, "\n[attribute.{name}]\nkind = \"{kind}\"\nlabel = \"{label}\"\n")?;
    if find {
        toml.push_str("find = true\n");
    }
    toml.push_str("clauses = [\"5.5\"]\n");
    Ok(())
}

/// A purpose that stands on consent, so that a person may give it up at any moment.
struct Purpose<'a> {
    name: &'a str,
    title: &'a str,
    needs: &'a [&'a str],
    may: &'a [&'a str],
    compatible_with: &'a [&'a str],
}

impl Purpose<'_> {
    /// All purposes of one policy share a compartment.
    fn declare(&self, toml: &mut String) -> Result<()> {
        let Self { name, title, needs, may, compatible_with } = self;
        write!(
            toml,
            r#"
[purpose.{name}]
title      = "{title}"
basis      = "consent"
needs      = {needs:?}
may        = {may:?}
space      = "shop"
compatible_with = {compatible_with:?}
operations = ["collection", "recording", "storage", "rectification", "retrieval", "use", "blocking", "erasure", "destruction"]
starts     = "consent.given"
ends       = "consent.ended"
then       = "destroy"
automated  = "automated"
clauses    = ["2.1", "4.1", "5.1", "5.2", "5.5", "5.7", "6.1", "7.4", "8.1"]

[purpose.{name}.consent]
term = "P3Y"
text = "I allow Measured Shop LLP to keep and use what I write into this form for one purpose: {title}. The consent lasts three years. The data are passed to nobody. I can take the consent back on any day."
"#
        )?;
        Ok(())
    }
}
