//! How does a letter of ours leave: to whom is it handed, signed by whom, and what is heard back?
//!
//! A letter is composed first ([`Post::compose`]), which finds every fault that is in the letter itself. What was composed can be
//! written into a folder or handed to a mail server ([`Post::hand_over`]), with TLS and a password. A server that takes a letter
//! has only promised to try; what comes back later is read by [`bounce`](crate::bounce).

mod compose;
pub mod dkim;

use std::time::Duration;

use lettre::address::Envelope;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Code;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use crate::tls::{self, Security};
pub use compose::{Message, Nature};

/// How long one command to the server may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(60);
/// Letters of a server's answer that are kept.
const LONGEST_ANSWER: usize = 200;

/// By which server letters leave, and in whose name.
#[derive(Clone)]
pub struct Outgoing {
    /// The server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept secret.
    pub security: Security,
    /// Certificates in PEM form that are believed beside those of the operating system.
    pub authorities: Option<String>,
    /// User and password, where the server asks for them.
    pub login: Option<(String, String)>,
    /// The sender, with or without a name: `Autoshop <privacy@autoshop.example>`.
    pub from: String,
    /// What signs the letters.
    pub signature: Option<dkim::Settings>,
    /// Stands in each letter, so that an instance knows its own when one comes back, and does not answer itself.
    pub instance: String,
}

/// A server took the letter, and will try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// What it said; often the number of the letter in its queue.
    pub answer: String,
}

/// Why a letter did not leave. No address and nothing of the letter is in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendFault {
    /// Not now; the same letter may go later.
    #[error("the mail server cannot take the letter now{}", shown(.0.as_ref()))]
    Temporary(Option<Reply>),
    /// The server will never take this letter.
    #[error("the mail server refuses the letter{}", shown(.0.as_ref()))]
    Permanent(Option<Reply>),
    /// The server refuses the user or the password.
    #[error("the mail server refuses the user or the password; correct them in the settings")]
    Password,
    /// The settings cannot work with this server.
    #[error("{0}")]
    Settings(&'static str),
    /// The letter itself cannot be.
    #[error("{0}")]
    Letter(&'static str),
}

/// The number of a server's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Such as 550.
    pub code: u16,
    /// Such as 5.1.1, where the server says it.
    pub status: Option<(u8, u16, u16)>,
}

/// A letter as it leaves.
#[derive(Clone)]
pub struct Composed {
    /// All of it, signed.
    pub bytes: Vec<u8>,
    envelope: Envelope,
}

/// Where letters of ours leave.
pub struct Post {
    settings: Outgoing,
    from: Mailbox,
    signer: Option<dkim::Signer>,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl Post {
    /// Checks the settings. Nobody is called yet.
    pub fn new(settings: Outgoing) -> Result<Self, SendFault> {
        let from: Mailbox = settings
            .from
            .parse()
            .map_err(|_unreadable| SendFault::Settings("the sender is no e-mail address"))?;
        if !compose::is_token(&settings.instance) {
            return Err(SendFault::Settings(
                "the name of the instance is not made of plain letters and digits",
            ));
        }
        let signer = settings.signature.as_ref().map(dkim::Signer::new).transpose()?;
        let transport = transport(&settings, &from)?;
        Ok(Self { settings, from, signer, transport })
    }

    /// Makes the bytes of a letter, and signs them.
    pub fn compose(&self, message: &Message) -> Result<Composed, SendFault> {
        let letter = message.build(&self.from, &self.settings.instance)?;
        let envelope = letter.envelope().clone();
        let mut bytes = letter.formatted();
        if let Some(signer) = &self.signer {
            bytes = signer.sign(&bytes)?;
        }
        Ok(Composed { bytes, envelope })
    }

    /// Hands a letter to the server.
    pub async fn hand_over(&self, letter: &Composed) -> Result<Sent, SendFault> {
        let answer =
            self.transport.send_raw(&letter.envelope, &letter.bytes).await.map_err(|error| fault(&error))?;
        let answer: String = answer.first_line().unwrap_or_default().chars().take(LONGEST_ANSWER).collect();
        Ok(Sent { answer })
    }

    /// Both in one.
    pub async fn send(&self, message: &Message) -> Result<Sent, SendFault> {
        self.hand_over(&self.compose(message)?).await
    }
}

fn transport(settings: &Outgoing, from: &Mailbox) -> Result<AsyncSmtpTransport<Tokio1Executor>, SendFault> {
    let no_certificate =
        |_error| SendFault::Settings("the added certificates cannot be read; they are text in PEM form");
    let tls = || -> Result<TlsParameters, SendFault> {
        let mut parameters = TlsParameters::builder(settings.host.clone());
        for certificate in tls::certificates(settings.authorities.as_deref()).map_err(no_certificate)? {
            let added = Certificate::from_der(certificate.to_vec());
            parameters =
                parameters.add_root_certificate(added.map_err(|_error| no_certificate(tls::NoCertificate))?);
        }
        parameters.build().map_err(|_error| no_certificate(tls::NoCertificate))
    };
    let tls = match settings.security {
        Security::Tls => Tls::Wrapper(tls()?),
        Security::StartTls => Tls::Required(tls()?),
        Security::NoneOnThisMachine if tls::is_this_machine(&settings.host) => Tls::None,
        Security::NoneOnThisMachine => {
            return Err(SendFault::Settings("without TLS letters are sent only by a server on this machine"));
        }
    };
    let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(settings.host.clone())
        .port(settings.port)
        .hello_name(ClientId::Domain(from.email.domain().to_owned()))
        .timeout(Some(ANSWER_WITHIN))
        .tls(tls);
    if let Some((user, password)) = &settings.login {
        transport = transport.credentials(Credentials::new(user.clone(), password.clone()));
    }
    Ok(transport.build())
}

/// The error's own text can hold addresses, and is left where it is.
fn fault(error: &lettre::transport::smtp::Error) -> SendFault {
    let reply = error.status().map(|code| Reply { code: number(code), status: status(error) });
    match reply {
        Some(Reply { code: 530 | 534 | 535 | 538, .. }) => SendFault::Password,
        Some(reply) if error.is_permanent() => SendFault::Permanent(Some(reply)),
        Some(reply) => SendFault::Temporary(Some(reply)),
        None if error.is_tls() || is_about_certificates(error) => SendFault::Settings(
            "the mail server's certificate is not believed, or it cannot speak TLS in this way",
        ),
        None if error.is_client() => SendFault::Settings(
            "the mail server lacks what the settings ask for: STARTTLS, or a way to log in",
        ),
        None => SendFault::Temporary(None),
    }
}

/// A refused certificate comes as an error of the connection, with the true reason inside.
fn is_about_certificates(error: &lettre::transport::smtp::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        let by_tls = inner.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if inner.is::<rustls::Error>() || by_tls.is_some_and(|inner| inner.is::<rustls::Error>()) {
            return true;
        }
        source = inner.source();
    }
    false
}

fn number(code: Code) -> u16 {
    u16::from(code)
}

/// A status by number stands first in the text of an answer (RFC 2034).
fn status(error: &lettre::transport::smtp::Error) -> Option<(u8, u16, u16)> {
    let text = std::error::Error::source(error)?.to_string();
    let mut numbers = text.split_whitespace().next()?.split('.');
    let status =
        (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    numbers.next().is_none().then_some(status)
}

fn shown(reply: Option<&Reply>) -> String {
    match reply {
        Some(Reply { code, status: Some((class, subject, detail)) }) => {
            format!(" ({code} {class}.{subject}.{detail})")
        }
        Some(Reply { code, status: None }) => format!(" ({code})"),
        None => String::new(),
    }
}
