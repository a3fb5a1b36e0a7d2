//! Which key signs letters, and what does its domain publish for it (DKIM)?

use std::io::Write;
use std::path::Path;

use saqta_mail::outgoing::dkim;

use super::settings::SettingsFault;

/// A key that lies in a file, and what is published for it.
pub struct SigningKey {
    /// Whether it was made now.
    pub is_new: bool,
    /// The name of the record in DNS.
    pub name: String,
    /// The record: a text.
    pub text: String,
}

impl SigningKey {
    /// Makes a key and keeps it in a file that nobody else may read. A file that is there is never written to: its key is read.
    pub fn make_or_read(domain: &str, selector: &str, file: &Path) -> Result<Self, SettingsFault> {
        let is_name = |name: &str| {
            let is_label = |label: &str| {
                (1..=63).contains(&label.len())
                    && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
            };
            name.split('.').all(is_label)
        };
        for (what, name) in [("domain", domain), ("selector", selector)] {
            if !is_name(name) {
                return Err(SettingsFault {
                    what: format!("`{name}` cannot be a {what}"),
                    todo: "write it as DNS has it, such as shop.example; letters beyond ASCII as xn--…"
                        .to_owned(),
                });
            }
        }
        let (key, is_new) = match std::fs::read_to_string(file) {
            Ok(key) => (key, false),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => (made(file)?, true),
            Err(error) => return Err(unusable(file, &error.to_string())),
        };
        let text = dkim::record(&key).map_err(|fault| unusable(file, &fault.to_string()))?;
        Ok(Self { is_new, name: format!("{selector}._domainkey.{domain}"), text })
    }
}

fn made(file: &Path) -> Result<String, SettingsFault> {
    let key = dkim::new_key().map_err(|fault| unusable(file, &fault.to_string()))?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(file).map_err(|error| (error, false)).and_then(|mut file| {
        file.write_all(key.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| (error, true))
    });
    written.map_err(|(error, is_begun)| {
        if is_begun {
            // Half a key would be read as none the next time.
            let _ = std::fs::remove_file(file);
        }
        unusable(file, &error.to_string())
    })?;
    Ok(key)
}

fn unusable(file: &Path, why: &str) -> SettingsFault {
    SettingsFault {
        what: format!("the key in {} cannot be made or read: {why}", file.display()),
        todo: "name another file with --key; an RSA key of 2048 bits or an Ed25519 key in PEM form is read"
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_read_afterwards() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("dkim.key");
        let made = SigningKey::make_or_read("shop.example", "saqta", &file).unwrap();
        assert!(made.is_new && made.text.starts_with("v=DKIM1; k=rsa; p=MII"));
        assert_eq!(made.name, "saqta._domainkey.shop.example");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let read = SigningKey::make_or_read("shop.example", "saqta", &file).unwrap();
        assert!(!read.is_new && read.text == made.text);
    }

    #[test]
    fn what_is_no_name_or_no_key_is_refused_and_nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("notes.txt");
        for domain in ["", "магазин.example", "shop..example", "a b", "shop.example\" x"] {
            assert!(SigningKey::make_or_read(domain, "saqta", &file).is_err(), "{domain}");
        }
        assert!(!file.exists());
        std::fs::write(&file, "no key").unwrap();
        assert!(SigningKey::make_or_read("shop.example", "saqta", &file).is_err());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "no key");
    }
}
