//! Which policy does the measured shop publish?
//!
//! Its sentences are invented for this purpose. One folder serves all workloads: a club card and news for the common ones, a
//! hundred registers for the roles, a file of a thousand entries for the report, and eight plain texts for the measure of space.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::Result;

/// How many purposes the roles speak of.
pub const REGISTERS: u32 = 100;

/// How many entries a report has.
pub const ENTRIES: u32 = 1_000;

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
pub fn write(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("policy.toml"), declarations()?)?;
    fs::write(folder.join("text.en.md"), TEXT)?;
    Ok(())
}

fn declarations() -> Result<String> {
    let mut toml = String::from(HEAD);
    for (name, kind, label) in [
        ("full_name", "name", "Full name"),
        ("phone", "phone", "Phone"),
        ("address", "address", "Address"),
        ("city", "text", "Town"),
        ("birth_date", "date", "Date of birth"),
        ("car", "text", "Car"),
        ("tyres", "text", "Tyres"),
    ] {
        attribute(&mut toml, name, kind, label, false)?;
    }
    attribute(&mut toml, "email", "email", "E-mail", true)?;
    purpose(&mut toml, "club", "customers", "Club card", &["full_name", "phone"], &crate::people::CLUB)?;
    purpose(&mut toml, "news", "customers", "News of the club", &[], &["email"])?;

    let registers: Vec<String> = (0..REGISTERS).map(|number| format!("item_{number}")).collect();
    for (number, item) in registers.iter().enumerate() {
        attribute(&mut toml, item, "text", &format!("Entry of register {number}"), false)?;
        purpose(&mut toml, &format!("register_{number}"), "registers", &format!("Register {number}"), &[], &[item])?;
    }
    let entries: Vec<String> = (0..ENTRIES).map(|number| format!("entry_{number}")).collect();
    let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
    for entry in &entries {
        attribute(&mut toml, entry, "text", &format!("File, {entry}"), false)?;
    }
    purpose(&mut toml, "file", "files", "Personal file", &[], &entries)?;
    let texts: Vec<String> = (0..PLAIN_TEXTS).map(|number| format!("plain_{number}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    for text in &texts {
        attribute(&mut toml, text, "text", &format!("Plain text, {text}"), false)?;
    }
    purpose(&mut toml, "notes", "plain", "Plain notes", &[], &texts)?;
    Ok(toml)
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
fn purpose(toml: &mut String, name: &str, space: &str, title: &str, needs: &[&str], uses: &[&str]) -> Result<()> {
    let may: Vec<&str> = uses.iter().copied().filter(|name| !needs.contains(name)).collect();
    write!(
        toml,
        r#"
[purpose.{name}]
title      = "{title}"
basis      = "consent"
needs      = {needs:?}
may        = {may:?}
space      = "{space}"
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
