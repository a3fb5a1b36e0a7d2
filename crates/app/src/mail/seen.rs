//! What does a member of staff see of a letter that came by e-mail?
//!
//! Its words as plain text, who wrote it, what was recognised in it and why, and what is known about the sender. Nothing of it is
//! rendered, and nothing is fetched from anywhere. Attachments are named; one that is not barred can be taken out as a file, and
//! that is on record.

use jiff::Timestamp;
use saqta_mail::letter::Letter;
use saqta_mail::trust::lookalike::{self, LookAlike};
use saqta_mail::trust::{Trust, Verdict};

use super::take::own_addresses;
use crate::act::Caller;
use crate::error::Error;
use crate::instance::App;
use crate::requests::OpenCase;
use crate::requests::kept::{LetterKept, Why};

/// A letter as staff see it.
pub struct LetterSeen {
    /// When it was received.
    pub at: Timestamp,
    /// Whom it says it is from; more than one where its writer put several there.
    pub from: Vec<WriterSeen>,
    /// Its subject.
    pub subject: String,
    /// The writer's own words.
    pub own: String,
    /// What was passed on.
    pub forwarded: String,
    /// What is quoted from older letters, and what follows the signature.
    pub quoted: String,
    /// Whether it was so long that its end is left out here.
    pub cut: bool,
    /// What is attached.
    pub attachments: Vec<AttachmentSeen>,
    /// What it was taken to ask for, as stable words.
    pub kinds: Vec<String>,
    /// Why.
    pub reasons: Vec<Why>,
    /// What was found out about the sender; none where nobody was asked.
    pub sender: Option<SenderSeen>,
    /// Whether it can be read at all.
    pub readable: bool,
    /// How many bytes the whole letter has, where only its head was taken.
    pub left_behind: Option<u64>,
    /// The domain that the sender's looks like, and is not.
    pub looks_like: Option<(String, LookAlike)>,
}

/// Somebody a letter says it is from.
pub struct WriterSeen {
    /// What they call themselves; empty where they do not. Anybody can write anything there.
    pub name: String,
    /// The address.
    pub address: String,
}

impl WriterSeen {
    /// Whether the name shows an address that is not the one it came from.
    pub fn shows_another_address(&self) -> bool {
        let words = self.name.split(|sign: char| sign.is_whitespace() || "<>()\"'«»“”,;".contains(sign));
        words.filter(|word| word.contains('@')).any(|word| !word.eq_ignore_ascii_case(&self.address))
    }
}

/// What was found out about the domain that a letter names as its sender.
pub struct SenderSeen {
    /// The sum of it.
    pub standing: Standing,
    /// The domain whose signature holds.
    pub signed_by: Option<String>,
    /// Each check by its stable word, and the stable word for how it ended.
    pub checks: [(&'static str, &'static str); 4],
}

/// What the checks say together. It is about a domain, never about the person who wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The sender's domain did send it.
    Confirmed,
    /// The domain says that it does not send from there.
    Denied,
    /// Nothing shows who sent it.
    Unknown,
}

impl Standing {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Denied => "denied",
            Self::Unknown => "unknown",
        }
    }
}

/// An attachment.
pub struct AttachmentSeen {
    /// Its name.
    pub name: String,
    /// What it says it is.
    pub declared: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// Why it is not given out, as a stable word.
    pub barred: Option<&'static str>,
}

impl App {
    /// The letters of a request.
    pub(crate) async fn letters_seen(&self, open: &OpenCase) -> Result<Vec<LetterSeen>, Error> {
        let own = own_addresses(&self.view().await?.version).domains();
        let mut seen = Vec::new();
        for kept in &open.particulars.letters {
            let raw = self.vault.case_file(&open.case, &kept.file, 0).await?;
            let letter = raw.and_then(|raw| Letter::read(&raw).ok());
            seen.push(of(kept, letter.as_ref(), &own)?);
        }
        Ok(seen)
    }

    /// A letter as it came, byte for byte, with a name for its file. Fetching it is on record.
    pub async fn letter_original(
        &self,
        caller: &Caller,
        number: u64,
        letter: usize,
    ) -> Result<(String, Vec<u8>), Error> {
        let (_, open) = self.opened_by_staff(caller, number, "letter").await?;
        let kept = open.particulars.letters.get(letter).ok_or(Error::NotFound)?;
        let raw = self.vault.case_file(&open.case, &kept.file, 0).await?.ok_or(Error::NotFound)?;
        Ok((format!("{number}-{}.eml", letter + 1), raw.to_vec()))
    }

    /// An attachment of a letter, as a file, with its name. Fetching it is on record.
    pub async fn letter_attachment(
        &self,
        caller: &Caller,
        number: u64,
        letter: usize,
        attachment: usize,
    ) -> Result<(String, Vec<u8>), Error> {
        let (_, open) = self.opened_by_staff(caller, number, "attachment").await?;
        let kept = open.particulars.letters.get(letter).ok_or(Error::NotFound)?;
        let raw = self.vault.case_file(&open.case, &kept.file, 0).await?.ok_or(Error::NotFound)?;
        let letter = Letter::read(&raw).map_err(|_| Error::NotFound)?;
        let found = letter.attachments.get(attachment).filter(|found| found.barred.is_none());
        let found = found.ok_or(Error::NotFound)?;
        Ok((found.name.clone(), found.content.to_vec()))
    }
}

fn of(kept: &LetterKept, letter: Option<&Letter>, own: &[String]) -> Result<LetterSeen, Error> {
    let trust: Option<Trust> = serde_json::from_str(&kept.trust).ok();
    let attachments = letter.into_iter().flat_map(|letter| &letter.attachments);
    let words = letter.map(|letter| &letter.words);
    let quoted = words.map(|words| [&**words.signature, &**words.quoted].join("\n\n").trim().to_owned());
    let from = writers(kept, letter);
    let domains = from.iter().filter_map(|from| from.address.rsplit_once('@')).map(|(_, domain)| domain);
    let looks_like =
        domains.filter_map(|domain| Some((domain.to_owned(), lookalike::looks_like(domain, own)?))).next();
    Ok(LetterSeen {
        at: Timestamp::from_microsecond(kept.at).map_err(|_| Error::Unreadable)?,
        from,
        subject: letter.map_or_else(String::new, |letter| letter.subject.to_string()),
        own: words.map_or_else(String::new, |words| words.own.to_string()),
        forwarded: words.map_or_else(String::new, |words| words.forwarded.to_string()),
        quoted: quoted.unwrap_or_default(),
        cut: letter.is_some_and(|letter| letter.cut),
        attachments: attachments
            .map(|one| AttachmentSeen {
                name: one.name.clone(),
                declared: one.declared.clone(),
                bytes: one.size(),
                barred: one.barred.map(|barred| barred.as_str()),
            })
            .collect(),
        kinds: kept.kinds.clone(),
        reasons: kept.reasons.clone(),
        sender: trust.as_ref().map(sender),
        readable: letter.is_some(),
        left_behind: kept.left_behind,
        looks_like,
    })
}

/// Whom it says it is from. Where it cannot be read, the address that was read when it came is all there is.
fn writers(kept: &LetterKept, letter: Option<&Letter>) -> Vec<WriterSeen> {
    let Some(letter) = letter else {
        let address = Some(kept.from.clone()).filter(|address| !address.is_empty());
        return address.into_iter().map(|address| WriterSeen { name: String::new(), address }).collect();
    };
    let named = letter.from.iter();
    named
        .map(|one| WriterSeen { name: one.name.clone().unwrap_or_default(), address: one.address.clone() })
        .collect()
}

fn sender(trust: &Trust) -> SenderSeen {
    let denied = trust.dmarc == Verdict::Fail || trust.spf == Verdict::Fail;
    SenderSeen {
        standing: match (trust.sender_domain_is_proven(), denied) {
            (true, _) => Standing::Confirmed,
            (false, true) => Standing::Denied,
            (false, false) => Standing::Unknown,
        },
        signed_by: trust.signed_by.clone(),
        checks: [
            ("dmarc", trust.dmarc.as_str()),
            ("dkim", trust.dkim.as_str()),
            ("spf", trust.spf.as_str()),
            ("arc", trust.arc.as_str()),
        ],
    }
}

#[cfg(test)]
mod tests {
    use saqta_domain::terms::names::Language;
    use saqta_mail::imap::Trouble;
    use saqta_mail::letter::attachment::Barred;
    use saqta_mail::letter::automation::Sign;
    use saqta_mail::trust::Policy;
    use saqta_mail::trust::lookalike::Resemblance;
    use saqta_mail::understanding::reason::{Place, Reason};
    use saqta_mail::understanding::{Language as Spoken, LetterKind};
    use saqta_policy::wording::Words;

    use super::*;

    fn found(dkim: Verdict, spf: Verdict, dmarc: Verdict, signed_by: Option<&str>) -> Standing {
        let trust = Trust {
            dkim,
            spf,
            dmarc,
            arc: Verdict::None,
            domain: Some("mail.example".to_owned()),
            signed_by: signed_by.map(str::to_owned),
            policy: Policy::None,
            reported: false,
        };
        // As it lies in the case.
        let kept = serde_json::to_string(&trust).unwrap();
        sender(&serde_json::from_str(&kept).unwrap()).standing
    }

    #[test]
    fn a_domain_confirms_denies_or_says_nothing() {
        use Verdict::{Fail, Neutral, None as Nothing, Pass, TempError};
        for (standing, [dkim, spf, dmarc], signed_by) in [
            (Standing::Confirmed, [Pass, Nothing, Pass], Some("mail.example")),
            // Whoever passes a letter on sends it from another host; the signature goes with it.
            (Standing::Confirmed, [Pass, Fail, Pass], Some("mail.example")),
            (Standing::Confirmed, [Pass, Nothing, Nothing], Some("mail.example")),
            (Standing::Unknown, [Pass, Nothing, Nothing], Some("other.example")),
            (Standing::Unknown, [Nothing, Pass, Nothing], None),
            (Standing::Unknown, [Neutral, Neutral, TempError], None),
            (Standing::Denied, [Pass, Pass, Fail], Some("other.example")),
            (Standing::Denied, [Nothing, Fail, Nothing], None),
        ] {
            assert_eq!(found(dkim, spf, dmarc, signed_by), standing, "{dkim:?} {spf:?} {dmarc:?}");
        }
    }

    #[test]
    fn a_name_that_shows_another_address_is_seen() {
        let shows = |name: &str| {
            WriterSeen { name: name.to_owned(), address: "a@mail.example".to_owned() }.shows_another_address()
        };
        assert!(shows("aigerim@shop.example") && shows("Айгерим (b@mail.example)"));
        assert!(!shows("Айгерим") && !shows("A@mail.example") && !shows("'a@mail.example'"));
    }

    #[test]
    fn everything_that_is_found_in_a_letter_or_a_mailbox_can_be_said() {
        let place = Place::Body;
        let kind = LetterKind::Access;
        let reasons = [
            Reason::Mark { kind, mark: "x".to_owned(), place },
            Reason::Demand { kind, phrase: "x", example: "x", language: Spoken::Ru, place },
            Reason::Authority { place, reference: true, number: true },
            Reason::Machine { sign: Sign::NoReply, strong: true },
            Reason::Machine { sign: Sign::NoReply, strong: false },
            Reason::OwnMail,
            Reason::OnlyQuoted,
            Reason::Empty,
            Reason::Unclear,
        ];
        let troubles = [
            Trouble::WrongPassword,
            Trouble::Unreachable,
            Trouble::Certificate,
            Trouble::Settings,
            Trouble::FolderMissing,
            Trouble::TargetMissing,
            Trouble::Renumbered,
            Trouble::CannotFile,
            Trouble::CannotMark { uid: 1 },
            Trouble::TooLarge { uid: 1 },
            Trouble::Refused { uid: 1 },
            Trouble::Unreadable { uid: 1 },
            Trouble::Protocol,
        ];
        let verdicts = ["pass", "fail", "neutral", "none", "temperror", "permerror"];
        let barred = [Barred::RunsByName, Barred::RunsByContent, Barred::NotAccepted];
        let standings = [Standing::Confirmed, Standing::Denied, Standing::Unknown];
        let keys = reasons.iter().map(|reason| format!("mail-reason-{}", reason.code()));
        let keys = keys
            .chain(troubles.iter().map(|trouble| format!("mail-trouble-{}", trouble.code())))
            .chain(LetterKind::ALL.iter().map(|kind| format!("mail-kind-{}", kind.as_str())))
            .chain(Sign::ALL.iter().map(|sign| format!("mail-sign-{}", sign.as_str())))
            .chain(Place::ALL.iter().map(|place| format!("mail-place-{}", place.as_str())))
            .chain(Spoken::ALL.iter().map(|spoken| format!("mail-language-{}", spoken.as_str())))
            .chain(["dkim", "spf", "dmarc", "arc"].map(|check| format!("mail-check-{check}")))
            .chain(verdicts.map(|verdict| format!("mail-verdict-{verdict}")))
            .chain(barred.map(|barred| format!("mail-barred-{}", barred.as_str())))
            .chain(Resemblance::ALL.map(|how| format!("mail-looks_like-{}", how.as_str())))
            .chain(standings.map(|standing| format!("mail-standing-{}", standing.as_str())));
        let words = Words::new().unwrap();
        for key in keys {
            for language in Language::ALL {
                assert!(words.whole(&key, language).is_some(), "{key} in {language:?}");
            }
        }
    }
}
