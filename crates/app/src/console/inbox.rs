//! How does a demonstration get an inbox: requests of every kind, in every state?
//!
//! Five more invented people order something, and ask. Some prove who they are by the code that came, some have not yet; an
//! authority has written; one complaint is late. Letters lie in a folder and never go out.

use std::path::Path;

use saqta_domain::terms::actor::{Actor, Role};
use saqta_domain::terms::names::{AttributeName, ChannelName, Language, PurposeName};
use saqta_domain::terms::request::{Applicant, CorrectionGround, Intake, Matter, Objection};
use saqta_domain::terms::standing::Source;

use super::at_the_machine;
use super::staff::Seated;
use crate::act::{Caller, Channel};
use crate::error::Error;
use crate::instance::App;
use crate::mail::take::{Brought, Fate};
use crate::operations::collect::{Answer, Collect, Part};
use crate::requests::file::{Filed, Filing};
use crate::requests::identity::applicant;
use crate::requests::record::AuthorityLetter;
use crate::requests::sending::Post;

/// Name, phone, e-mail, language.
type Person = (&'static str, &'static str, &'static str, Language);

const DINA: Person = ("Омарова Дина Серікқызы", "+77000000021", "dina@mail.example", Language::Kazakh);
const IGOR: Person = ("Павлов Игорь Андреевич", "+77000000022", "igor@mail.example", Language::Russian);
const SANDUGASH: Person =
    ("Тлеуова Сандуғаш Ерланқызы", "+77000000023", "sandugash@mail.example", Language::Kazakh);
const MORGAN: Person = ("Morgan Lee", "+77000000024", "morgan@mail.example", Language::English);
const VERA: Person = ("Ким Вера Олеговна", "+77000000025", "vera@mail.example", Language::Russian);

/// What people write by e-mail: who, the subject, the text.
const LETTERS: [(Person, &str, &str); 4] = [
    (VERA, "Вопрос", "Сколько вы храните адрес доставки и кто его видел?"),
    (
        IGOR,
        "Re: Актуализация персональных данных",
        "Здравствуйте! У меня новый телефон: +7 700 000 00 72. Старый больше не используйте.",
    ),
    (
        DINA,
        "Дербес деректерді өңдеуге келісімді кері қайтарып алу",
        "Сәлеметсіз бе! Жарнама жібермеңіздер, келісімімді кері қайтарып аламын.",
    ),
    (MORGAN, "My data", "Hello, please send me a copy of everything you hold about me. Thank you."),
];

/// An inbox that is full.
pub struct Inbox {
    /// The number of a request whose copy is ready.
    pub number: u64,
    /// Its secret.
    pub secret: String,
    /// How many requests there are.
    pub count: u64,
}

impl App {
    /// What came some days ago: orders, a complaint, the letter of an authority.
    pub async fn begin_inbox(&self, staff: &Seated, url: &str, letters: &Path) -> Result<(), Error> {
        self.set_post(Post { public_url: url.to_owned(), folder: Some(letters.to_owned()), server: None });
        for (person, number) in [DINA, IGOR, SANDUGASH, MORGAN, VERA].iter().zip(2001..) {
            self.orders(person, number).await?;
        }
        let mut complaint = by(IGOR, Matter::Complaint);
        complaint.text = "Мне звонили с рекламой после отказа. Разберитесь, кто передал номер.".to_owned();
        self.file_request(&applicant(complaint.language), &complaint).await?;
        let mut letter =
            Filing::new(Matter::Authority { letter_due: None }, Intake::Paper, Language::Russian);
        letter.by = Applicant::Authority;
        letter.letter = Some(AuthorityLetter {
            authority: "Комитет по информационной безопасности".to_owned(),
            number: "12-3/4501".to_owned(),
            dated: self.now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string(),
            questions: vec![
                "Какие персональные данные обрабатываются и для каких целей?".to_owned(),
                "Где расположены базы данных?".to_owned(),
            ],
            answers: Vec::new(),
        });
        let actor = Actor::Staff { id: staff.id.clone(), role: Role::Responsible, undertaking: true }.into();
        let responsible = Caller {
            actor,
            channel: Channel::Console,
            language: Language::Russian,
            idempotency: None,
            ahead: Default::default(),
        };
        self.file_request(&responsible, &letter).await.map(drop)
    }

    /// What came today.
    pub async fn fill_inbox(&self, letters: &Path) -> Result<Inbox, Error> {
        let ready = self.asks(&by(DINA, Matter::Access), Some(letters)).await?;
        let everything = || Default::default();
        self.asks(&by(IGOR, Matter::Withdrawal { purposes: everything(), channel: None }), None).await?;
        let name = AttributeName::new("full_name").map_err(|_| Error::Unreadable)?;
        let attributes = [name.clone()].into();
        let matter = Matter::Rectification { ground: CorrectionGround::Inaccurate, attributes };
        let mut correction = by(SANDUGASH, matter);
        correction.proposed = vec![(name, "Тілеуова Сандуғаш Ерланқызы".to_owned())];
        self.asks(&correction, Some(letters)).await?;
        let destruction = Matter::Destruction { ground: None, purposes: Default::default() };
        self.asks(&by(MORGAN, destruction), Some(letters)).await?;
        self.asks(&by(VERA, Matter::Objection(Objection::Marketing)), None).await?;
        let mut count = 0;
        for (id, (person, subject, text)) in LETTERS.iter().enumerate() {
            count = self.writes(id, person, subject, text).await?.max(count);
        }
        self.run_jobs().await?;
        Ok(Inbox { number: ready.number, secret: ready.secret, count })
    }

    /// Takes in an e-mail; gives the number of its last request.
    async fn writes(&self, id: usize, person: &Person, subject: &str, text: &str) -> Result<u64, Error> {
        let (name, _, email, _) = person;
        let raw = format!(
            "From: {name} <{email}>\r\nSubject: {subject}\r\nMessage-ID: <{id}.demo@mail.example>\r\nMIME-Version: 1.0\r\n\
             Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
        );
        let brought = Brought::whole(raw.as_bytes());
        match self.take_letter(&brought).await? {
            Fate::Filed(numbers) => Ok(numbers.into_iter().max().unwrap_or_default()),
            Fate::Joined(number) => Ok(number),
            Fate::Bounced(_) | Fate::NotFiled => Err(Error::NotFound),
        }
    }

    async fn orders(&self, person: &Person, number: u32) -> Result<(), Error> {
        let (name, phone, email, language) = *person;
        let text = |text: &str| text.to_owned();
        let attribute = |name: &str| AttributeName::new(name).map_err(|_| Error::Unreadable);
        let purpose = |name: &str| PurposeName::new(name).map_err(|_| Error::Unreadable);
        let marketing = purpose("marketing")?;
        let view = self.view().await?;
        let terms = view.version.policy.purpose(&marketing).and_then(|p| p.consent.as_ref());
        let [kk, ru, en] = terms.ok_or(Error::NotFound)?.digests;
        let text_digest = match language {
            Language::Kazakh => kk,
            Language::Russian => ru,
            Language::English => en,
        };
        let answer = Answer {
            channel: ChannelName::new("sms").ok(),
            given: true,
            text_digest,
            language,
            evidence: text("checkout form"),
            by: Default::default(),
            given_at: None,
        };
        let order = Part {
            purpose: purpose("order")?,
            reference: format!("B-{number}"),
            source: Source::Subject,
            values: vec![
                (attribute("full_name")?, text(name)),
                (attribute("phone")?, text(phone)),
                (attribute("email")?, text(email)),
            ],
            answers: Vec::new(),
        };
        let news = Part {
            purpose: marketing,
            reference: String::new(),
            source: Source::Subject,
            values: vec![(attribute("phone")?, text(phone))],
            answers: vec![answer],
        };
        let collect = Collect { subject: None, parts: vec![order, news] };
        self.collect(&at_the_machine(), &collect).await.map(drop)
    }

    /// Files a request, and types the code that came for it.
    async fn asks(&self, filing: &Filing, letters: Option<&Path>) -> Result<Filed, Error> {
        let filed = self.file_request(&applicant(filing.language), filing).await?;
        let Some(letters) = letters else { return Ok(filed) };
        self.run_jobs().await?;
        let number = format!("{}", filed.number);
        let failed = |source| Error::File { path: letters.display().to_string(), source };
        for file in std::fs::read_dir(letters).map_err(failed)? {
            let text = std::fs::read_to_string(file.map_err(failed)?.path()).map_err(failed)?;
            let words: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
            let code = words.iter().find(|word| word.len() == 6);
            if let Some(code) = code.filter(|_| words.contains(&number.as_str())) {
                self.confirm_code(&filed.secret, code, "demonstration", filing.language).await?;
                return Ok(filed);
            }
        }
        Err(Error::NotFound)
    }
}

fn by((name, phone, _, language): Person, matter: Matter) -> Filing {
    let mut filing = Filing::new(matter, Intake::Portal, language);
    filing.name = name.to_owned();
    filing.contact = phone.to_owned();
    filing
}
