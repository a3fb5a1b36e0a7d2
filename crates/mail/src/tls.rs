//! How is a connection to a mail server kept secret, and whose certificates are believed?
//!
//! Those that the operating system believes, and those that the operator adds for a server of the house. There is no switch to
//! believe any.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

/// How a connection is kept secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (port 993, or 465 for sending).
    Tls,
    /// TLS after a word in the open (port 143, or 587 for sending); a server that cannot is left at once.
    StartTls,
    /// None, which is possible only on this machine.
    NoneOnThisMachine,
}

/// The text is no certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file of certificates has none in PEM form")]
pub struct NoCertificate;

/// A host that can only be this machine, so that a password on its way there passes no wire.
pub(crate) fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || bare.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}

/// The certificates in a text; without a text there are none.
pub(crate) fn certificates(pem: Option<&str>) -> Result<Vec<CertificateDer<'static>>, NoCertificate> {
    let Some(pem) = pem else { return Ok(Vec::new()) };
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    read.ok().filter(|certificates| !certificates.is_empty()).ok_or(NoCertificate)
}

/// What a connection to a server is made with. The provider is named, for another crate of the program may bring its own.
pub(crate) fn client(added: Option<&str>) -> Result<Arc<ClientConfig>, NoCertificate> {
    let mut roots = RootCertStore::empty();
    let (_read, _unreadable) =
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    for certificate in certificates(added)? {
        roots.add(certificate).map_err(|_malformed| NoCertificate)?;
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_no_version_in_common| NoCertificate)?;
    Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}
