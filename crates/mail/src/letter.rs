//! What stands in a letter, as its writer meant it to be read?
//!
//! [`Letter::read`] takes the bytes as a mail server handed them over, keeps to the bounds of [`bounds`], and gives the parts
//! that matter: who wrote, the writer's own words, what is only quoted or forwarded, and what is attached. It opens no
//! attachment, follows no link and asks nobody. The walk over the parts is ours, so that each bound is kept while walking;
//! fields, addresses, dates and transfer encodings are read by `mail-parser`.
//!
//! **Absent:** what the letter asks for (that is `understanding`), and whether its sender is who he says.

pub mod attachment;
pub mod automation;
pub mod bounds;
pub mod words;

mod charset;
mod clean;
mod encoded_words;
pub(crate) mod fields;
mod html;
pub(crate) mod parts;
mod transfer;

use std::collections::BTreeSet;

use jiff::Timestamp;
use thiserror::Error;
use zeroize::Zeroizing;

use attachment::Attachment;
use automation::Sign;
use fields::Fields;
use parts::Leaf;
use words::Words;

/// Why something was not read as a letter. Nothing of its content stands in here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LetterFault {
    /// It is larger than [`bounds::MAX_LETTER`].
    #[error("the letter is larger than {} MiB; let the mail server refuse such letters", bounds::MAX_LETTER / 1024 / 1024)]
    TooLarge,
    /// A header block is larger than [`bounds::MAX_HEADER_BLOCK`], or one field than [`bounds::MAX_FIELD`].
    #[error("the header of the letter or of a part of it is too long; look at it in the mail program")]
    HeaderTooLong,
    /// A header has more fields than [`bounds::MAX_FIELDS`].
    #[error("a header has more than {} fields; look at the letter in the mail program", bounds::MAX_FIELDS)]
    TooManyFields,
    /// It has more parts than [`bounds::MAX_PARTS`].
    #[error("the letter has more than {} parts; look at it in the mail program", bounds::MAX_PARTS)]
    TooManyParts,
    /// Its parts lie deeper in one another than [`bounds::MAX_NESTING`].
    #[error(
        "parts of the letter lie more than {} deep in one another; look at it in the mail program",
        bounds::MAX_NESTING
    )]
    TooDeep,
    /// Decoded, it is larger than [`bounds::MAX_DECODED`].
    #[error("the decoded letter is larger than {} MiB; look at it in the mail program", bounds::MAX_DECODED / 1024 / 1024)]
    DecodesTooLarge,
    /// There is not one header field in it.
    #[error("this is no letter: it has no header; hand over the whole message as it came in")]
    NotALetter,
}

/// One address, with the name that stood beside it.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    /// The name, if one stood there. Anybody can write anything there.
    pub name: Option<String>,
    /// The address; its domain is in lower case. It may be malformed: what stood there is kept, without control characters.
    pub address: String,
}

impl Address {
    /// What stands after the last `@`.
    pub fn domain(&self) -> Option<&str> {
        self.address.rsplit_once('@').map(|(_, domain)| domain)
    }
}

/// Where a letter that cannot be delivered would be returned to.
#[derive(Clone, PartialEq, Eq)]
pub enum ReturnPath {
    /// The mail server did not write it down.
    Absent,
    /// Nowhere: `<>`. Only machines send so.
    Nowhere,
    /// This address.
    Address(String),
}

/// A letter that was read. It has no `Debug`, for it holds people's words; most of them are wiped when it is dropped.
pub struct Letter {
    /// All addresses it says it is from, of every `From` field.
    pub from: Vec<Address>,
    /// Who handed it over for the writer.
    pub sender: Option<Address>,
    /// Where answers are wanted.
    pub reply_to: Vec<Address>,
    /// To whom.
    pub to: Vec<Address>,
    /// To whom else.
    pub cc: Vec<Address>,
    /// The subject in one line, decoded, without control characters and marks of writing direction.
    pub subject: Zeroizing<String>,
    /// When its writer's program says it was written. Not to be trusted for terms: those count from arrival.
    pub date: Option<Timestamp>,
    /// Its own id, without angle brackets.
    pub message_id: Option<String>,
    /// The letters it answers, as ids without angle brackets.
    pub in_reply_to: Vec<String>,
    /// The conversation it belongs to, oldest first.
    pub references: Vec<String>,
    /// The envelope's sender, where the mail server wrote it down.
    pub return_path: ReturnPath,
    /// What says that no human wrote it.
    pub signs: BTreeSet<Sign>,
    /// What was written, taken apart.
    pub words: Words,
    /// What is attached, unopened.
    pub attachments: Vec<Attachment>,
    /// What mail servers on the way found out about the sender, newest first, as it stands. Whoever weighs it must know which
    /// server to believe.
    pub authentication_results: Vec<String>,
    /// Whether the text was longer than [`bounds::MAX_TEXT`] and its end was left out.
    pub cut: bool,
}

impl Letter {
    /// Reads a letter within the bounds. Damaged letters are read as far as they go; only what is over a bound, or has no
    /// header at all, is a fault.
    pub fn read(bytes: &[u8]) -> Result<Self, LetterFault> {
        if bytes.len() > bounds::MAX_LETTER {
            return Err(LetterFault::TooLarge);
        }
        let parts = parts::walk(bytes)?;
        let fields = &parts.fields;
        if fields.is_empty() {
            return Err(LetterFault::NotALetter);
        }
        let subject = Zeroizing::new(fields.subject());
        let text = Text::of(&parts.leaves);
        let words = words::take_apart(&text.own, &text.embedded, &subject);
        let from = fields.addresses("from");
        Ok(Self {
            signs: automation::signs(fields, &from, &subject, &parts.leaves),
            sender: fields.addresses("sender").into_iter().next(),
            reply_to: fields.addresses("reply-to"),
            to: fields.addresses("to"),
            cc: fields.addresses("cc"),
            date: fields.date(),
            message_id: fields.ids("message-id").into_iter().next(),
            in_reply_to: fields.ids("in-reply-to"),
            references: fields.ids("references"),
            return_path: return_path(fields),
            authentication_results: fields.all("authentication-results").map(clean::line).collect(),
            from,
            subject,
            words,
            cut: text.cut,
            attachments: parts.leaves.into_iter().filter_map(Leaf::into_attachment).collect(),
        })
    }
}

fn return_path(fields: &Fields) -> ReturnPath {
    let Some(path) = fields.first("return-path") else { return ReturnPath::Absent };
    let path = clean::line(path);
    let path = path.trim().trim_start_matches('<').trim_end_matches('>').trim();
    if path.is_empty() { ReturnPath::Nowhere } else { ReturnPath::Address(path.to_owned()) }
}

/// The text of a letter: of the letter itself, and of letters that lie in it.
struct Text {
    own: Zeroizing<String>,
    embedded: Zeroizing<String>,
    cut: bool,
}

impl Text {
    /// Of parts that say the same in several ways, plain text is taken, and HTML only where there is no plain text.
    fn of(leaves: &[Leaf]) -> Self {
        let mut text =
            Self { own: Zeroizing::new(String::new()), embedded: Zeroizing::new(String::new()), cut: false };
        for leaf in leaves {
            let Some(written) = leaf.text.as_deref() else { continue };
            if leaf.choice.is_some() && leaf.is_html == has_plain(leaves, leaf) {
                continue;
            }
            let into = if leaf.embedded { &mut text.embedded } else { &mut text.own };
            let room = bounds::MAX_TEXT.saturating_sub(into.len());
            let taken = clean::head(written, room);
            text.cut |= taken.len() < written.len();
            into.push_str(taken);
            into.push('\n');
        }
        text
    }
}

/// Whether the same is said in plain text beside this leaf.
fn has_plain(leaves: &[Leaf], html: &Leaf) -> bool {
    leaves
        .iter()
        .filter(|leaf| leaf.choice == html.choice && !leaf.is_html)
        .filter_map(|leaf| leaf.text.as_deref())
        .any(|text| text.chars().any(char::is_alphanumeric) && !stands_for_html(text))
}

/// Whether a plain text only says that the letter is to be seen elsewhere.
fn stands_for_html(text: &str) -> bool {
    let text = text.to_lowercase();
    text.chars().count() < 250
        && ["html", "браузер", "browser", "web version"].iter().any(|word| text.contains(word))
}

/// A text of at most the length of a line. What is longer is no word or name of anybody.
pub(crate) fn shortened(text: &str) -> &str {
    clean::head(text, bounds::MAX_LINE)
}
