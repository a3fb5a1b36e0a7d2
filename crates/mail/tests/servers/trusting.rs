//! Is a letter believed when DNS, a real one, says so, and only then?

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use mail_auth::arc::ArcSealer;
use mail_auth::common::crypto::{Ed25519Key, RsaKey, Sha256};
use mail_auth::common::headers::HeaderWriter;
use mail_auth::{AuthenticatedMessage, AuthenticationResults, MessageAuthenticator};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use saqta_mail::intake::Arrival;
use saqta_mail::outgoing::dkim;
use saqta_mail::trust::{Examiner, Policy, Trust, Verdict};
use saqta_postroom::certificate::Certificate;
use saqta_postroom::exim::{Exim, Route, Signature, Target};
use saqta_postroom::names::{NameServer, Record};

use crate::desk::{Desk, OpenDoor};

const LETTER: &str =
    "From: Aigul <aigul@people.example>\r\nTo: privacy@autoshop.example\r\nSubject: a\r\n\r\nbody\r\n";
const SENDING: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));
const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 9));

/// A name server in which `people.example` has published what a careful domain does, with the public half of this key.
fn names(key: &str) -> NameServer {
    NameServer::start(&[
        Record::Text("people.example", "v=spf1 include:_spf.people.example mx -all"),
        Record::Text("_spf.people.example", "v=spf1 ip4:192.0.2.8 ~all"),
        Record::Mail("people.example", "mx.people.example"),
        Record::Host("mx.people.example", Ipv4Addr::new(192, 0, 2, 7)),
        Record::Text("s1._domainkey.people.example", &dkim::record(key).unwrap()),
        Record::Text("_dmarc.people.example", "v=DMARC1; p=reject; adkim=r; aspf=r"),
        Record::Text("s1._domainkey.other.example", &dkim::record(key).unwrap()),
        Record::Text("other.example", "v=spf1 ip4:192.0.2.7 -all"),
        Record::Text("broken.example", "v=spf1 ip4:nonsense -all"),
    ])
}

fn examiner(names: &NameServer) -> Examiner {
    Examiner::asking(&[names.address()]).unwrap()
}

fn from(client_ip: IpAddr, mail_from: &str) -> Arrival {
    Arrival {
        client_ip: Some(client_ip),
        helo: Some("client.people.example".to_owned()),
        mail_from: Some(mail_from.to_owned()),
    }
}

/// The letter with a signature of a domain, made as our own letters are signed.
fn signed(letter: &str, domain: &str, key: &str) -> String {
    use mail_auth::dkim::DkimSigner;
    let key = RsaKey::<Sha256>::from_key_der(PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap()).unwrap();
    let signer = DkimSigner::from_key(key).domain(domain).selector("s1").headers(["From", "To", "Subject"]);
    signer.sign(letter.as_bytes()).unwrap().to_header() + letter
}

fn verdicts(trust: &Trust) -> [Verdict; 4] {
    [trust.dkim, trust.spf, trust.dmarc, trust.arc]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_signed_by_a_mail_server_is_proven() {
    let key = dkim::new_key().unwrap();
    let names = names(&key);
    let (desk, mut letters) = Desk::new(&[]);
    let door = OpenDoor::new(desk, &["privacy@autoshop.example"]).await;
    let exim = Exim::start(
        &[Route {
            domain: "autoshop.example",
            to: Target::Port(door.port),
            signature: Some(Signature { domain: "people.example", selector: "s1", key }),
        }],
        &Certificate::new(),
    );
    exim.submit("aigul@people.example", &["privacy@autoshop.example"], LETTER);
    let arrived = letters.next().await;

    // By a mailbox nobody tells which host sent it.
    let trust = examiner(&names).examine(&arrived.bytes, &Arrival::default()).await;
    assert_eq!(verdicts(&trust), [Verdict::Pass, Verdict::None, Verdict::Pass, Verdict::None]);
    assert!(trust.sender_domain_is_proven());
    assert_eq!(
        (trust.domain.as_deref(), trust.signed_by.as_deref()),
        (Some("people.example"), Some("people.example"))
    );
    assert_eq!(trust.policy, Policy::Reject);
    let json = serde_json::to_value(&trust).unwrap();
    assert_eq!((json["dkim"].as_str(), json["spf"].as_str()), (Some("pass"), Some("none")));

    let text = String::from_utf8(arrived.bytes).unwrap();
    let tampered = text.replace("body", "another body");
    let trust = examiner(&names).examine(tampered.as_bytes(), &Arrival::default()).await;
    assert_eq!(verdicts(&trust), [Verdict::Neutral, Verdict::None, Verdict::Neutral, Verdict::None]);
    assert!(!trust.sender_domain_is_proven());

    let readdressed = text.replace("Subject: a", "Subject: b");
    let trust =
        examiner(&names).examine(readdressed.as_bytes(), &from(ELSEWHERE, "aigul@people.example")).await;
    assert_eq!(verdicts(&trust), [Verdict::Fail, Verdict::Fail, Verdict::Fail, Verdict::None]);
    assert!(!trust.sender_domain_is_proven());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_that_sent_it_is_asked_about() {
    let names = names(&dkim::new_key().unwrap());
    let check = async |ip, sender, letter: &str| {
        let trust = examiner(&names).examine(letter.as_bytes(), &from(ip, sender)).await;
        (trust.spf, trust.dmarc, trust.sender_domain_is_proven())
    };
    // By its mail host, by one that it includes, from elsewhere.
    let own = "aigul@people.example";
    assert_eq!(check(SENDING, own, LETTER).await, (Verdict::Pass, Verdict::Pass, true));
    let included = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 8));
    assert_eq!(check(included, own, LETTER).await, (Verdict::Pass, Verdict::Pass, true));
    assert_eq!(check(ELSEWHERE, own, LETTER).await, (Verdict::Fail, Verdict::Fail, false));
    // A forger whose own domain is in order: what he says on the envelope passes, what he says in the letter does not.
    assert_eq!(check(SENDING, "forger@other.example", LETTER).await, (Verdict::Pass, Verdict::Fail, false));
    // A domain without DMARC: SPF alone proves nothing.
    let other = LETTER.replace("people.example>", "other.example>");
    assert_eq!(check(SENDING, "a@other.example", &other).await, (Verdict::Pass, Verdict::None, false));
    assert_eq!(check(SENDING, "a@broken.example", &other).await.0, Verdict::PermError);
    assert_eq!(check(SENDING, "a@unknown.example", &other).await.0, Verdict::None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_of_another_domain_proves_nothing_about_this_one() {
    let key = dkim::new_key().unwrap();
    let names = names(&key);
    let check = async |letter: &str| {
        let trust = examiner(&names).examine(letter.as_bytes(), &from(ELSEWHERE, "a@other.example")).await;
        (trust.dkim, trust.dmarc, trust.sender_domain_is_proven())
    };
    let by_other = signed(LETTER, "other.example", &key);
    assert_eq!(check(&by_other).await, (Verdict::Pass, Verdict::Fail, false));
    assert_eq!(check(&signed(&by_other, "people.example", &key)).await, (Verdict::Pass, Verdict::Pass, true));
    // Without DMARC a signature of the domain itself, or of one above it, is enough; of one below it is not.
    let of = |domain: &str| LETTER.replace("people.example>", &format!("{domain}>"));
    assert_eq!(
        check(&signed(&of("other.example"), "other.example", &key)).await,
        (Verdict::Pass, Verdict::None, true)
    );
    assert!(check(&signed(&of("sub.other.example"), "other.example", &key)).await.2);
    assert!(!check(&signed(&of("example"), "other.example", &key)).await.2);
    assert!(!check(&signed(&of("another.example"), "other.example", &key)).await.2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_with_two_senders_or_none_is_proven_by_nothing() {
    let key = dkim::new_key().unwrap();
    let names = names(&key);
    let good = signed(LETTER, "people.example", &key);
    for letter in [
        format!("From: boss@autoshop.example\r\n{good}"),
        signed(&LETTER.replace("From: ", "From: boss@autoshop.example, "), "people.example", &key),
        good.replacen("From: Aigul <aigul@people.example>\r\n", "", 1),
        String::new(),
        "\0\r\n".to_owned(),
    ] {
        let trust = examiner(&names).examine(letter.as_bytes(), &from(SENDING, "aigul@people.example")).await;
        assert!(!trust.sender_domain_is_proven(), "{letter:?}");
        assert_eq!((trust.domain, trust.dmarc), (None, Verdict::PermError), "{letter:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operators_own_mail_server_is_believed_by_name() {
    let names = names(&dkim::new_key().unwrap());
    let results = "spf=pass smtp.mailfrom=aigul@people.example; dkim=pass header.d=people.example; \
                   dmarc=pass header.from=people.example";
    let letter = format!("Authentication-Results: mx.autoshop.example; {results}\r\n{LETTER}");
    let check = async |letter: &str, believing: &str| {
        let trust =
            examiner(&names).believing(believing).examine(letter.as_bytes(), &Arrival::default()).await;
        (trust.spf, trust.dmarc, trust.reported, trust.sender_domain_is_proven())
    };
    assert_eq!(check(&letter, "mx.autoshop.example").await, (Verdict::Pass, Verdict::Pass, true, true));
    assert_eq!(check(&letter, "mx.other.example").await, (Verdict::None, Verdict::Neutral, false, false));
    let below = format!("Authentication-Results: mx.autoshop.example; none\r\n{letter}");
    assert_eq!(check(&below, "mx.autoshop.example").await, (Verdict::None, Verdict::Neutral, true, false));
    // What it found about another domain says nothing about this one.
    let other = letter.replace("From: Aigul <aigul@people", "From: Aigul <aigul@autoshop");
    assert!(!check(&other, "mx.autoshop.example").await.3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_of_those_who_passed_it_on_is_checked() {
    let key = dkim::new_key().unwrap();
    let pkcs8 = Ed25519Key::generate_pkcs8().unwrap();
    let sealing = Ed25519Key::from_pkcs8_der(&pkcs8).unwrap();
    let public = data_encoding::BASE64.encode(&sealing.public_key());
    let names = NameServer::start(&[
        Record::Text("s1._domainkey.people.example", &dkim::record(&key).unwrap()),
        Record::Text("list._domainkey.list.example", &format!("v=DKIM1; k=ed25519; p={public}")),
    ]);
    let letter = signed(LETTER, "people.example", &key);
    let message = AuthenticatedMessage::parse(letter.as_bytes()).unwrap();
    let authenticator = authenticator(names.address());
    let chain = authenticator.verify_arc(&message).await;
    let dkim = authenticator.verify_dkim(&message).await;
    let results = AuthenticationResults::new("list.example").with_dkim_results(&dkim, "people.example");
    let sealer =
        ArcSealer::from_key(sealing).domain("list.example").selector("list").headers(["From", "Subject"]);
    let set = sealer.seal(&message, &results, &chain).unwrap();
    let sealed = set.to_header() + &letter;

    let trust = examiner(&names).examine(sealed.as_bytes(), &Arrival::default()).await;
    assert_eq!(verdicts(&trust), [Verdict::Pass, Verdict::None, Verdict::None, Verdict::Pass]);
    let changed = sealed.replace("body", "other body");
    let trust = examiner(&names).examine(changed.as_bytes(), &Arrival::default()).await;
    assert!(trust.arc != Verdict::Pass && !trust.sender_domain_is_proven());
    let forged = sealed.replace("Subject: a", "Subject: b");
    assert_eq!(examiner(&names).examine(forged.as_bytes(), &Arrival::default()).await.arc, Verdict::Fail);
}

fn authenticator(address: SocketAddr) -> MessageAuthenticator {
    use mail_auth::hickory_resolver::config::{
        ConnectionConfig, NameServerConfig, ProtocolConfig, ResolverConfig, ResolverOpts,
    };
    let mut connection = ConnectionConfig::new(ProtocolConfig::Udp);
    connection.port = address.port();
    let server = NameServerConfig::new(address.ip(), true, vec![connection]);
    MessageAuthenticator::new(ResolverConfig::from_parts(None, vec![], vec![server]), ResolverOpts::default())
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_name_server_answers_nothing_is_proven_and_nothing_is_refuted() {
    let key = dkim::new_key().unwrap();
    let letter = signed(LETTER, "people.example", &key);
    // A port at which nobody listens any more.
    let closed = std::net::UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let trust = Examiner::asking(&[closed])
        .unwrap()
        .examine(letter.as_bytes(), &from(SENDING, "aigul@people.example"))
        .await;
    assert_eq!(verdicts(&trust), [Verdict::TempError, Verdict::TempError, Verdict::TempError, Verdict::None]);
    assert!(!trust.sender_domain_is_proven());
    assert!(Examiner::asking(&[]).is_err());
}
