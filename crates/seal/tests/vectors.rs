//! Do the stored bytes of every format still open, and are the bad ones still refused for the right reason?
//!
//! The vectors were written by a second implementation, `vectors/make.py`.

#[cfg(test)]
mod vectors {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    use data_encoding::HEXLOWER;
    use saqta_seal::custody::Custody;
    use saqta_seal::envelope::{self, Binding};
    use saqta_seal::error::Error;
    use saqta_seal::index::{IndexKey, PseudonymKey};
    use saqta_seal::keys::DataKey;
    use saqta_seal::stream::StreamOpener;
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Vectors<Good, Bad> {
        good: Vec<Good>,
        bad: Vec<Bad>,
    }

    #[derive(Deserialize)]
    struct Place {
        name: String,
        key: String,
        key_id: String,
        subject: String,
        compartment: String,
        attribute: String,
        version: u32,
    }

    impl Place {
        fn key(&self) -> DataKey {
            DataKey::from_bytes(array(&self.key_id), &array(&self.key)).unwrap()
        }

        fn with<T>(&self, act: impl FnOnce(&Binding<'_>) -> T) -> T {
            act(&Binding {
                subject: &array(&self.subject),
                compartment: &self.compartment,
                attribute: &self.attribute,
                version: self.version,
            })
        }
    }

    fn bytes(hex: &str) -> Vec<u8> {
        HEXLOWER.decode(hex.as_bytes()).unwrap()
    }

    fn array<const N: usize>(hex: &str) -> [u8; N] {
        bytes(hex).try_into().unwrap()
    }

    /// Checks that a refusal is the one which the vector names.
    fn check_refused<T>(name: &str, expected: &str, result: Result<T, Error>) {
        let Err(error) = result else { panic!("`{name}` opened") };
        let found = format!("{error:?}");
        assert!(found.starts_with(expected), "`{name}` was refused as {found}, not as {expected}");
    }

    #[derive(Deserialize)]
    struct GoodValue {
        #[serde(flatten)]
        place: Place,
        plaintext: String,
        envelope: String,
    }

    #[derive(Deserialize)]
    struct BadValue {
        #[serde(flatten)]
        place: Place,
        error: String,
        envelope: String,
    }

    #[test]
    fn stored_values_open_and_bad_ones_are_refused() {
        let vectors: Vectors<GoodValue, BadValue> =
            serde_json::from_str(include_str!("vectors/value.json")).unwrap();
        for good in vectors.good {
            let opened =
                good.place.with(|here| envelope::open(&good.place.key(), here, &bytes(&good.envelope)));
            assert_eq!(opened.unwrap().as_slice(), bytes(&good.plaintext), "{}", good.place.name);
        }
        for bad in vectors.bad {
            let opened = bad.place.with(|here| envelope::open(&bad.place.key(), here, &bytes(&bad.envelope)));
            check_refused(&bad.place.name, &bad.error, opened);
        }
    }

    #[derive(Deserialize)]
    struct GoodWithin {
        #[serde(flatten)]
        place: Place,
        plaintext: String,
        sealed: String,
    }

    #[derive(Deserialize)]
    struct BadWithin {
        #[serde(flatten)]
        place: Place,
        error: String,
        sealed: String,
    }

    #[test]
    fn values_stored_within_another_envelope_open_and_bad_ones_are_refused() {
        let vectors: Vectors<GoodWithin, BadWithin> =
            serde_json::from_str(include_str!("vectors/within.json")).unwrap();
        for good in vectors.good {
            let opened =
                good.place.with(|here| envelope::open_within(&good.place.key(), here, &bytes(&good.sealed)));
            assert_eq!(opened.unwrap().as_slice(), bytes(&good.plaintext), "{}", good.place.name);
        }
        for bad in vectors.bad {
            let opened =
                bad.place.with(|here| envelope::open_within(&bad.place.key(), here, &bytes(&bad.sealed)));
            check_refused(&bad.place.name, &bad.error, opened);
        }
    }

    #[derive(Deserialize)]
    struct GoodStream {
        #[serde(flatten)]
        place: Place,
        document: String,
        plaintext: String,
        chunks: Vec<String>,
    }

    #[derive(Deserialize)]
    struct BadStream {
        #[serde(flatten)]
        place: Place,
        document: String,
        error: String,
        chunks: Vec<String>,
    }

    fn opened(place: &Place, document: &str, chunks: &[String]) -> Result<Vec<u8>, Error> {
        let key = place.key();
        let mut opener = place.with(|here| StreamOpener::new(&key, here, array(document)));
        let mut plaintext = Vec::new();
        for chunk in chunks {
            plaintext.extend_from_slice(&opener.push(&bytes(chunk))?);
        }
        opener.finish()?;
        Ok(plaintext)
    }

    #[test]
    fn stored_documents_open_and_bad_ones_are_refused() {
        let vectors: Vectors<GoodStream, BadStream> =
            serde_json::from_str(include_str!("vectors/stream.json")).unwrap();
        for good in vectors.good {
            let opened = opened(&good.place, &good.document, &good.chunks).unwrap();
            assert_eq!(opened, bytes(&good.plaintext), "{}", good.place.name);
        }
        for bad in vectors.bad {
            check_refused(&bad.place.name, &bad.error, opened(&bad.place, &bad.document, &bad.chunks));
        }
    }

    #[derive(Deserialize)]
    struct CustodyVector {
        root_file: String,
        epochs_file: String,
        fingerprint: String,
        current_epoch: u32,
        living_epochs: Vec<u32>,
        subject: String,
        compartment: String,
        salt: String,
        tag: String,
        trail_id: String,
        data_key_id: String,
        person: String,
        pseudonym_shop: String,
        indexed: String,
        index_shop_email: String,
        index_with_slash: String,
        record_place: String,
        record: String,
        sealed_answers: String,
        good: Vec<GoodWrapped>,
        bad: Vec<BadWrapped>,
    }

    #[derive(Deserialize)]
    struct GoodWrapped {
        epoch: u32,
        bytes: String,
    }

    #[derive(Deserialize)]
    struct BadWrapped {
        name: String,
        error: String,
        epoch: u32,
        bytes: String,
        subject: String,
        compartment: String,
    }

    #[test]
    fn stored_custody_files_open_and_give_the_stored_names() {
        let vector: CustodyVector = serde_json::from_str(include_str!("vectors/custody.json")).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (root, epochs) = (folder.path().join("root.key"), folder.path().join("epochs"));
        for (path, content) in [(&root, &vector.root_file), (&epochs, &vector.epochs_file)] {
            fs::write(path, content).unwrap();
            fs::set_permissions(path, Permissions::from_mode(0o600)).unwrap();
        }
        let custody = Custody::open(&root, &epochs).unwrap();
        assert_eq!(custody.fingerprint().to_string(), vector.fingerprint);
        assert_eq!(custody.current_epoch(), vector.current_epoch);
        assert_eq!(custody.living_epochs(), vector.living_epochs);

        for good in &vector.good {
            let subject = array(&vector.subject);
            let keys =
                custody.unwrap(good.epoch, &bytes(&good.bytes), &subject, &vector.compartment).unwrap();
            assert_eq!(keys.data.id(), array(&vector.data_key_id));
            assert_eq!(keys.tag.tag(&array(&vector.salt)), array(&vector.tag));
            assert_eq!(keys.tag.trail_id(), array(&vector.trail_id));
        }
        for bad in &vector.bad {
            let keys = custody.unwrap(bad.epoch, &bytes(&bad.bytes), &array(&bad.subject), &bad.compartment);
            check_refused(&bad.name, &bad.error, keys);
        }

        let pseudonym = PseudonymKey::derive(&custody, "shop").unwrap();
        assert_eq!(pseudonym.pseudonym(&array(&vector.person)), array(&vector.pseudonym_shop));
        for (compartment, attribute, digest) in
            [("shop", "email", &vector.index_shop_email), ("a/b", "50%", &vector.index_with_slash)]
        {
            let index = IndexKey::derive(&custody, compartment, attribute).unwrap();
            assert_eq!(index.digest(&bytes(&vector.indexed)), array(digest));
        }
        let answers = custody.derive_instance("answers").unwrap();
        let opened = answers.open(&bytes(&vector.record_place), &bytes(&vector.sealed_answers)).unwrap();
        assert_eq!(opened.as_slice(), bytes(&vector.record));
    }
}
