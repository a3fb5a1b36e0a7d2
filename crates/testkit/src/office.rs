//! A shop that takes requests, a folder from which its letters are taken, and its staff.

use std::path::Path;

use saqta_app::act::Caller;
use saqta_app::requests::desk::Deed;
use saqta_app::requests::file::{Filed, Filing};
use saqta_app::requests::holder::Seen;
use saqta_app::requests::identity::applicant;
use saqta_app::requests::sending::Post;
use saqta_domain::terms::actor::{Actor, Role};
use saqta_domain::terms::names::Language;
use saqta_domain::terms::request::{Intake, Matter};
use tempfile::TempDir;

use crate::shop::Shop;

/// Where somebody asks from.
pub const HERE: &str = "192.0.2.7";

/// The folder into which the shop's letters go.
pub fn post(shop: &Shop) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    shop.app().set_post(Post {
        public_url: shop.base().to_owned(),
        folder: Some(folder.path().to_owned()),
        server: None,
    });
    folder
}

/// What a phone got last: the code in it.
pub async fn code(shop: &Shop, letters: &Path) -> Option<String> {
    shop.app().run_jobs().await.unwrap();
    let mut newest = None;
    for file in std::fs::read_dir(letters).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "sms") {
            let text = std::fs::read_to_string(&path).unwrap();
            std::fs::remove_file(&path).unwrap();
            let code = text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6);
            newest = code.map(str::to_owned).or(newest);
        }
    }
    newest
}

/// The words of a letter that lies in a file, as its reader sees them.
pub fn words(letter: &Path) -> String {
    let read = saqta_mail::letter::Letter::read(&std::fs::read(letter).unwrap()).unwrap();
    read.words.own.to_string()
}

/// What the link in a letter carries.
pub fn token(words: &str) -> String {
    let found = words.split("token=").nth(1).unwrap_or_else(|| panic!("no link in {words}"));
    found.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

/// A request from a person's own page, by the phone of a customer.
pub fn from_page(matter: Matter, phone: &str) -> Filing {
    let mut filing = Filing::new(matter, Intake::Portal, Language::Russian);
    filing.contact = phone.to_owned();
    filing.from = HERE.to_owned();
    filing
}

/// Files it.
pub async fn file(shop: &Shop, filing: &Filing) -> Filed {
    shop.app().file_request(&applicant(filing.language), filing).await.unwrap()
}

/// Files it, and shows who asks by the code that came.
pub async fn file_and_confirm(shop: &Shop, letters: &Path, filing: &Filing) -> Filed {
    let filed = file(shop, filing).await;
    let code = code(shop, letters).await.expect("a code came to the contact on file");
    shop.app().confirm_code(&filed.secret, &code, HERE, filing.language).await.unwrap();
    filed
}

/// How it stands.
pub async fn seen(shop: &Shop, filed: &Filed) -> Seen {
    shop.app().request_seen(&filed.secret).await.unwrap()
}

/// A member of staff.
pub fn staff(id: u8, role: Role) -> Caller {
    let id = format!("{id:02x}").repeat(16);
    Caller {
        actor: Actor::Staff { id, role, undertaking: true }.into(),
        channel: saqta_app::act::Channel::Console,
        language: Language::Russian,
        idempotency: None,
        ahead: Default::default(),
    }
}

/// A member of staff does something.
pub async fn deed(shop: &Shop, who: &Caller, number: u64, deed: Deed) {
    shop.app().do_deed(who, number, &deed).await.unwrap();
}
