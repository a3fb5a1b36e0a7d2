//! Does a version that was published once go on to be read, when a later program finds more wrong with it?

#[cfg(test)]
mod tests {
    use std::path::Path;

    use saqta_policy::folder::Folder;
    use saqta_policy::load::{load, load_published, version_in};

    /// The example with one file written differently.
    fn example(name: &str, change: impl Fn(String) -> String) -> Folder {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/autoshop");
        let files = ["policy.toml", "text.kk.md", "text.ru.md", "text.en.md"].map(|file| {
            let text = std::fs::read_to_string(directory.join(file)).unwrap();
            (file, if file == name { change(text) } else { text })
        });
        Folder::from_files(files)
    }

    #[test]
    fn what_only_a_check_finds_keeps_nobody_from_reading_it() {
        let folder = example("text.en.md", |text| text.replace("11.3. ", "11.4. "));
        let strict = load(&folder).unwrap_err();
        assert!(strict.iter().any(|p| p.is_error()));
        let lenient = load_published(&folder).unwrap();
        assert_eq!(lenient.policy.digest.len(), 32);
        let kept: Vec<_> = lenient.warnings.iter().filter(|p| p.is_error()).map(|p| p.code).collect();
        let found: Vec<_> = strict.iter().filter(|p| p.is_error()).map(|p| p.code).collect();
        assert_eq!(kept, found, "what is wrong is still told");
        let sound = example("policy.toml", |text| text);
        let (once, again) = (load(&sound).unwrap(), load_published(&sound).unwrap());
        assert_eq!(format!("{:?}", once.policy), format!("{:?}", again.policy));
    }

    #[test]
    fn a_declaration_that_cannot_be_read_is_never_left_out() {
        for (from, to) in [
            ("kind          = \"phone\"", "kind          = \"fone\""),
            ("[purpose.order]", "[purpose.order]\nunheard_of = 1"),
            ("[purpose.order]", "[purpose.order"),
        ] {
            let folder = example("policy.toml", |text| {
                assert!(text.contains(from), "{from}");
                text.replacen(from, to, 1)
            });
            assert!(load_published(&folder).is_err(), "{to}");
        }
    }

    #[test]
    fn a_number_is_read_from_a_folder_however_broken_as_long_as_it_bears_one() {
        let numbered = |text: &str| version_in(&Folder::from_files([("policy.toml", text)]));
        assert_eq!(numbered("version = 7\n[purpose.x"), Some(7));
        assert_eq!(numbered("version = 7\nformat = \n"), Some(7));
        for text in ["", "version = 0", "version = \"7\"", "[a]\nversion = 7"] {
            assert_eq!(numbered(text), None, "{text}");
        }
        assert_eq!(version_in(&Folder::from_files([("other.toml", "version = 7")])), None);
        assert_eq!(version_in(&Folder::from_files([("policy.toml", vec![0xff_u8, 0xfe])])), None);
    }
}
