//! How do the tests of letters get a mail server, mailboxes and a name server?
//!
//! The programs are Debian's. Tests start them themselves, in folders and at ports of their own; the machine is not to start
//! any, neither now nor with the next start of the system.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::machine;

/// What has to be there, and the package it is in.
const FILES: [(&str, &str); 4] = [
    ("/usr/sbin/dovecot", "dovecot-imapd"),
    ("/usr/lib/dovecot/lmtp", "dovecot-lmtpd"),
    ("/usr/sbin/exim4", "exim4-daemon-light"),
    ("/usr/sbin/dnsmasq", "dnsmasq-base"),
];

/// What these packages would have started with the system.
const SERVICES: [&str; 2] = ["dovecot", "exim4"];

/// Only one mail server can be installed on a machine; every one brings this.
const ANY_MAIL_SERVER: &str = "/usr/sbin/sendmail";

/// Installs what is missing.
pub fn provide() -> Result<()> {
    let missing: Vec<&str> = absent(&FILES, |file| Path::new(file).exists());
    if missing.is_empty() {
        return Ok(());
    }
    ensure!(
        !missing.contains(&"exim4-daemon-light") || !Path::new(ANY_MAIL_SERVER).exists(),
        "this machine has a mail server other than Exim, and installing Exim for the tests would remove it; \
         run the tests in a container"
    );
    println!("==> installing Debian's packages for the tests of letters: {}", missing.join(", "));
    machine::install_without_starting(&missing, &SERVICES)?;
    let missing = absent(&FILES, |file| Path::new(file).exists());
    ensure!(
        missing.is_empty(),
        "{} was installed, but its programs are not where they are expected",
        missing.join(", ")
    );
    Ok(())
}

fn absent(files: &[(&str, &'static str)], exists: impl Fn(&str) -> bool) -> Vec<&'static str> {
    files.iter().filter(|(file, _)| !exists(file)).map(|(_, package)| *package).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_missing_is_installed() {
        assert_eq!(absent(&FILES, |_| true), [""; 0]);
        assert_eq!(absent(&FILES, |file| file != "/usr/lib/dovecot/lmtp"), ["dovecot-lmtpd"]);
    }
}
