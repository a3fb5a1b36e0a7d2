//! Was a letter really sent by the domain that it names as its sender?
//!
//! DKIM, SPF, DMARC and ARC are evaluated with what the domains publish in DNS. The answer is a signal about a *domain*, never
//! about the person who wrote, and it opens no door by itself. Whatever cannot be found out counts as not proven: only a pass is
//! a pass. A body that was changed on the way, for instance, makes a signature `neutral`, not `fail`.

pub mod lookalike;
mod reported;

use std::net::SocketAddr;
use std::time::Duration;

use mail_auth::common::crypto::Algorithm;
use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::hickory_resolver::config::{
    ConnectionConfig, NameServerConfig, ProtocolConfig, ResolveHosts, ResolverConfig, ResolverOpts,
};
use mail_auth::hickory_resolver::system_conf::read_system_conf;
use mail_auth::spf::verify::SpfParameters;
use mail_auth::{
    AuthenticatedMessage, DkimOutput, DkimResult, DmarcOutput, DmarcResult, Error, MessageAuthenticator,
    SpfOutput, SpfResult,
};
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, timeout_at};

use crate::intake::Arrival;
use reported::Reported;

/// One question to one name server. After that the next server or the second try has its turn.
const ANSWER_WITHIN: Duration = Duration::from_secs(3);
/// All questions about one letter together.
const ALL_WITHIN: Duration = Duration::from_secs(15);
/// Answers remembered, as long as their records say; what is over is forgotten.
const REMEMBERED: u64 = 2048;
/// Signatures looked at; a letter with more is after our name server.
const SIGNATURES: usize = 8;

/// What was found out about the sending domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trust {
    /// Whether a signature of a domain holds; one of the sender's own domain is preferred.
    pub dkim: Verdict,
    /// Whether the host that sent it may send for the domain on the envelope; `none` where nobody knows which host that was.
    pub spf: Verdict,
    /// Whether one of both is of the domain in `From`. Where that domain asks for DMARC and no signature of it holds, it is
    /// `neutral` as long as the sending host is unknown, and `fail` otherwise.
    pub dmarc: Verdict,
    /// Whether the chain of those who passed the letter on holds. It says nothing about the first of them.
    pub arc: Verdict,
    /// The one domain in `From`, in lower case and in ASCII; absent where there is none or more than one.
    pub domain: Option<String>,
    /// The domain whose signature holds.
    pub signed_by: Option<String>,
    /// What the domain in `From` wants done with letters that fail.
    pub policy: Policy,
    /// Whether a part comes from the `Authentication-Results` of the operator's own mail server.
    pub reported: bool,
}

/// How one check ended. A weak no of SPF (`~all`) is `neutral`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It holds.
    Pass,
    /// It does not.
    Fail,
    /// It says neither, which proves nothing.
    Neutral,
    /// There was nothing to check.
    #[default]
    None,
    /// Nobody answered in time; another day it may be otherwise.
    TempError,
    /// What is there cannot be read.
    PermError,
}

impl Verdict {
    /// The stable word, as RFC 8601 has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Neutral => "neutral",
            Self::None => "none",
            Self::TempError => "temperror",
            Self::PermError => "permerror",
        }
    }
}

/// What a domain wants done with letters in its name that fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Policy {
    /// Nothing, or it has not said.
    #[default]
    None,
    /// They are to be set apart.
    Quarantine,
    /// They are to be refused.
    Reject,
}

impl Trust {
    /// The sum of it: the domain in `From` did send this letter. Either its own DMARC rules say so, or a signature of that very
    /// domain (or of one above it) holds. SPF without DMARC proves too little: many tenants share a host.
    pub fn sender_domain_is_proven(&self) -> bool {
        let Some(domain) = &self.domain else { return false };
        let signed = self.dkim == Verdict::Pass
            && self.signed_by.as_ref().is_some_and(|signer| is_or_lies_below(domain, signer));
        self.dmarc == Verdict::Pass || signed
    }

    /// Nothing could be read, so nothing is known.
    fn unread() -> Self {
        Self {
            dkim: Verdict::None,
            spf: Verdict::None,
            dmarc: Verdict::PermError,
            arc: Verdict::None,
            domain: None,
            signed_by: None,
            policy: Policy::None,
            reported: false,
        }
    }
}

/// There is no name server to ask.
#[derive(Debug, thiserror::Error)]
#[error("no name server can be asked; name some in the settings, or set them up in `/etc/resolv.conf`")]
pub struct NoNameServer;

/// Asks DNS about senders.
#[derive(Clone)]
pub struct Examiner {
    authenticator: MessageAuthenticator,
    authserv_id: Option<String>,
    hostname: String,
}

impl Examiner {
    /// Asks the name servers that this machine asks.
    pub fn of_this_machine() -> Result<Self, NoNameServer> {
        let (config, options) = read_system_conf().map_err(|_unreadable| NoNameServer)?;
        Self::with(config, options)
    }

    /// Asks these name servers alone.
    pub fn asking(servers: &[SocketAddr]) -> Result<Self, NoNameServer> {
        if servers.is_empty() {
            return Err(NoNameServer);
        }
        let servers = servers.iter().map(name_server).collect();
        Self::with(ResolverConfig::from_parts(None, Vec::new(), servers), ResolverOpts::default())
    }

    fn with(config: ResolverConfig, mut options: ResolverOpts) -> Result<Self, NoNameServer> {
        options.timeout = ANSWER_WITHIN;
        options.attempts = 1;
        options.cache_size = REMEMBERED;
        options.edns0 = true;
        // What stands in the file of hosts is not what a domain published.
        options.use_hosts_file = ResolveHosts::Never;
        let authenticator = MessageAuthenticator::new(config, options).map_err(|_unusable| NoNameServer)?;
        Ok(Self { authenticator, authserv_id: None, hostname: "localhost".to_owned() })
    }

    /// Believes the topmost `Authentication-Results` where it bears this name. Say so only of a mail server that takes away such
    /// headers of others; without it SPF has no answer for letters from a mailbox.
    #[must_use]
    pub fn believing(mut self, authserv_id: &str) -> Self {
        self.authserv_id = Some(authserv_id.to_lowercase());
        self
    }

    /// The name of the host that received the letters, for SPF records that ask for it.
    #[must_use]
    pub fn receiving_as(mut self, hostname: &str) -> Self {
        hostname.clone_into(&mut self.hostname);
        self
    }

    /// Looks into a letter and asks DNS, for fifteen seconds at most.
    pub async fn examine(&self, raw: &[u8], arrival: &Arrival) -> Trust {
        let deadline = Instant::now() + ALL_WITHIN;
        let Some(mut message) = AuthenticatedMessage::parse(raw) else { return Trust::unread() };
        // SHA-1 proves nothing any more (RFC 8301).
        message.dkim_headers.retain(|signature| signature.header.a != Algorithm::RsaSha1);
        message.dkim_headers.truncate(SIGNATURES);
        let message = message;
        let domain = sender_domain(&message);
        let reported = self.authserv_id.as_deref().and_then(|id| Reported::topmost(&message, id));

        let (signatures, chain, host) = tokio::join!(
            timeout_at(deadline, self.authenticator.verify_dkim(&message)),
            timeout_at(deadline, self.chain(&message)),
            timeout_at(deadline, self.host(arrival, reported.as_ref())),
        );
        let nobody_answered = signatures.is_err();
        let signatures = signatures.unwrap_or_default();
        let host = host.unwrap_or_else(|_late| SpfOutput::default().with_result(SpfResult::TempError));
        let dmarc = DmarcParameters::new(&message, &signatures, host.domain(), &host);
        let dmarc = timeout_at(deadline, self.authenticator.verify_dmarc(dmarc)).await;

        let (dkim, signed_by) = weigh(&signatures, domain.as_deref());
        let host_is_known = host.result() != SpfResult::None || arrival.client_ip.is_some();
        let mut trust = Trust {
            dkim: if nobody_answered { Verdict::TempError } else { dkim },
            spf: of_spf(host.result()),
            dmarc: dmarc.as_ref().map_or(Verdict::TempError, |found| of_dmarc(found, host_is_known)),
            arc: chain.unwrap_or(Verdict::TempError),
            domain,
            signed_by,
            policy: dmarc.as_ref().map_or(Policy::None, |found| of_policy(found.policy())),
            reported: false,
        };
        match trust.domain {
            Some(_) => reported.into_iter().for_each(|reported| reported.complete(&mut trust)),
            // No sender, or several: DMARC has no answer for such a letter, and an honest program does not write one.
            None => trust.dmarc = Verdict::PermError,
        }
        trust
    }

    async fn chain(&self, message: &AuthenticatedMessage<'_>) -> Verdict {
        if message.ams_headers.len() > SIGNATURES {
            return Verdict::Fail;
        }
        of_dkim(self.authenticator.verify_arc(message).await.result())
    }

    /// SPF by the address of the host, or else by what our own mail server found.
    async fn host(&self, arrival: &Arrival, reported: Option<&Reported>) -> SpfOutput {
        let Some(ip) = arrival.client_ip else {
            return reported.and_then(Reported::spf).unwrap_or_default();
        };
        let helo = arrival.helo.as_deref().unwrap_or_default();
        let sender = arrival.mail_from.as_deref().unwrap_or_default();
        // The letter's sender is asked about, not the greeting: DMARC knows only the former (RFC 9989, 4.10.2). A bounce has
        // none, and is asked about by its greeting.
        let parameters = if sender.is_empty() {
            SpfParameters::verify_ehlo(ip, helo, &self.hostname)
        } else {
            SpfParameters::verify_mail_from(ip, helo, &self.hostname, sender)
        };
        self.authenticator.verify_spf(parameters).await
    }
}

fn name_server(address: &SocketAddr) -> NameServerConfig {
    let by = |protocol| {
        let mut connection = ConnectionConfig::new(protocol);
        connection.port = address.port();
        connection
    };
    NameServerConfig::new(address.ip(), true, vec![by(ProtocolConfig::Udp), by(ProtocolConfig::Tcp)])
}

/// The domain in the one `From`. Two such headers, or two domains in one, would let a reader see another than was checked.
fn sender_domain(message: &AuthenticatedMessage<'_>) -> Option<String> {
    let headers = message.headers.iter().filter(|(name, _)| name.trim_ascii().eq_ignore_ascii_case(b"from"));
    if headers.count() != 1 {
        return None;
    }
    let mut domains = message.from.iter().map(|address| address.rsplit_once('@').map(|(_, domain)| domain));
    let first = domains.next()??;
    domains.all(|domain| domain == Some(first)).then(|| in_ascii(first))?
}

/// A domain as DNS spells it; nothing where DNS cannot spell it.
fn in_ascii(domain: &str) -> Option<String> {
    let domain = domain.trim_end_matches('.');
    idna::domain_to_ascii(domain).ok().filter(|ascii| !ascii.is_empty())
}

/// Whoever signs for a domain may speak for what lies below it, and not the other way round: tenants live below.
fn is_or_lies_below(domain: &str, above: &str) -> bool {
    let Some(above) = in_ascii(above).filter(|above| above.contains('.')) else { return false };
    domain.strip_suffix(&above).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The best of the signatures: one that holds and is of the sender's domain, then one that holds, then the first.
fn weigh(signatures: &[DkimOutput<'_>], domain: Option<&str>) -> (Verdict, Option<String>) {
    let signer = |output: &DkimOutput<'_>| output.signature().map(|signature| signature.d.to_lowercase());
    let passed: Vec<String> =
        signatures.iter().filter(|output| *output.result() == DkimResult::Pass).filter_map(signer).collect();
    let own = passed.iter().find(|signer| domain.is_some_and(|domain| is_or_lies_below(domain, signer)));
    match own.or(passed.first()) {
        Some(signer) => (Verdict::Pass, Some(signer.clone())),
        None => (signatures.first().map_or(Verdict::None, |output| of_dkim(output.result())), None),
    }
}

fn of_dkim(result: &DkimResult) -> Verdict {
    match result {
        DkimResult::Pass => Verdict::Pass,
        DkimResult::Fail(_) => Verdict::Fail,
        DkimResult::Neutral(_) => Verdict::Neutral,
        DkimResult::TempError(_) => Verdict::TempError,
        DkimResult::PermError(_) => Verdict::PermError,
        DkimResult::None => Verdict::None,
    }
}

fn of_spf(result: SpfResult) -> Verdict {
    match result {
        SpfResult::Pass => Verdict::Pass,
        SpfResult::Fail => Verdict::Fail,
        SpfResult::SoftFail | SpfResult::Neutral => Verdict::Neutral,
        SpfResult::TempError => Verdict::TempError,
        SpfResult::PermError => Verdict::PermError,
        SpfResult::None => Verdict::None,
    }
}

fn of_dmarc(found: &DmarcOutput, host_is_known: bool) -> Verdict {
    match found.result() {
        DmarcResult::Pass => Verdict::Pass,
        DmarcResult::Fail(Error::NotAligned) if !host_is_known => Verdict::Neutral,
        DmarcResult::Fail(_) => Verdict::Fail,
        DmarcResult::TempError(_) => Verdict::TempError,
        DmarcResult::PermError(_) => Verdict::PermError,
        DmarcResult::None => Verdict::None,
    }
}

fn of_policy(policy: mail_auth::dmarc::Policy) -> Policy {
    match policy {
        mail_auth::dmarc::Policy::Reject => Policy::Reject,
        mail_auth::dmarc::Policy::Quarantine => Policy::Quarantine,
        mail_auth::dmarc::Policy::None | mail_auth::dmarc::Policy::Unspecified => Policy::None,
    }
}
