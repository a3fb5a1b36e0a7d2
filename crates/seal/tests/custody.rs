//! Does custody hold what it must, let nobody else in, and end what it says it ends, even when we die half-way?

#[cfg(test)]
mod custody {
    use std::fs::{self, File, Permissions};
    use std::io::Read;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::{Path, PathBuf};

    use saqta_seal::custody::{Custody, RootKey, Wrapped};
    use saqta_seal::envelope::{self, Binding};
    use saqta_seal::error::Error;
    use saqta_seal::keys::SubjectKeys;
    use tempfile::TempDir;

    const SUBJECT: [u8; 16] = [7; 16];

    /// A folder with custody files, as an installation has it.
    struct House(TempDir);

    impl House {
        fn new() -> (Self, Custody) {
            let house = Self(tempfile::tempdir().unwrap());
            let custody = Custody::create(&house.root(), &house.epochs()).unwrap();
            (house, custody)
        }

        fn root(&self) -> PathBuf {
            self.0.path().join("root.key")
        }

        fn epochs(&self) -> PathBuf {
            Custody::default_epochs_path(&self.root())
        }

        fn beside(&self, ending: &str) -> PathBuf {
            self.0.path().join(format!("epochs{ending}"))
        }

        fn open(&self) -> Result<Custody, Error> {
            Custody::open(&self.root(), &self.epochs())
        }

        fn names(&self) -> Vec<String> {
            let entries = fs::read_dir(self.0.path()).unwrap();
            let mut names: Vec<_> =
                entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        }
    }

    fn wrapped(custody: &Custody) -> (SubjectKeys, Wrapped) {
        let keys = SubjectKeys::generate().unwrap();
        let wrapped = custody.wrap(&keys, &SUBJECT, "shop").unwrap();
        (keys, wrapped)
    }

    fn unwrap(custody: &Custody, wrapped: &Wrapped) -> Result<SubjectKeys, Error> {
        custody.unwrap(wrapped.epoch, &wrapped.bytes, &SUBJECT, "shop")
    }

    fn opens(custody: &Custody, wrapped: &Wrapped, keys: &SubjectKeys) -> bool {
        unwrap(custody, wrapped).unwrap().tag.trail_id() == keys.tag.trail_id()
    }

    fn write(path: &Path, content: impl AsRef<[u8]>) {
        fs::write(path, content).unwrap();
        fs::set_permissions(path, Permissions::from_mode(0o600)).unwrap();
    }

    #[test]
    fn wrapped_keys_open_again_after_a_restart() {
        let (house, custody) = House::new();
        let (keys, wrapped) = wrapped(&custody);
        let place = Binding { subject: &SUBJECT, compartment: "shop", attribute: "phone", version: 1 };
        let sealed = envelope::seal(&keys.data, &place, b"value").unwrap();
        drop((keys, custody));
        let keys = unwrap(&house.open().unwrap(), &wrapped).unwrap();
        assert_eq!(envelope::open(&keys.data, &place, &sealed).unwrap().as_slice(), b"value");
    }

    #[test]
    fn wrapped_keys_open_for_their_person_compartment_and_epoch_only() {
        let (_house, custody) = House::new();
        let (keys, wrapped) = wrapped(&custody);
        custody.begin_turn().unwrap();
        let other = custody.wrap(&keys, &SUBJECT, "shop").unwrap();
        let refused = [
            custody.unwrap(wrapped.epoch, &wrapped.bytes, &[8; 16], "shop"),
            custody.unwrap(wrapped.epoch, &wrapped.bytes, &SUBJECT, "post"),
            custody.unwrap(other.epoch, &wrapped.bytes, &SUBJECT, "shop"),
            custody.unwrap(wrapped.epoch, &other.bytes, &SUBJECT, "shop"),
        ];
        for refused in refused {
            assert!(matches!(refused, Err(Error::NotAuthentic)));
        }
        for at in 0..wrapped.bytes.len() {
            let mut changed = wrapped.clone();
            changed.bytes[at] ^= 1;
            assert!(unwrap(&custody, &changed).is_err(), "byte {at}");
            changed.bytes.truncate(at);
            assert!(unwrap(&custody, &changed).is_err(), "cut to {at}");
        }
    }

    #[test]
    fn copies_of_the_databases_open_nothing_after_the_turn() {
        let (house, custody) = House::new();
        let (kept, kept_wrapped) = wrapped(&custody);
        let (_, ended_wrapped) = wrapped(&custody);
        // Somebody copies the database now: these are the wrapped bytes he has.
        let copies = [kept_wrapped.clone(), ended_wrapped.clone()];

        assert_eq!(custody.begin_turn().unwrap(), 2);
        let rewrapped = custody.rewrap(kept_wrapped.epoch, &kept_wrapped.bytes, &SUBJECT, "shop").unwrap();
        assert_eq!(rewrapped.epoch, 2);
        for copy in &copies {
            assert!(unwrap(&custody, copy).is_ok(), "while the turn is under way both epochs open");
        }
        assert_eq!(custody.finish_turn().unwrap(), [1]);

        // The running server, and two others started on copies of the custody files as they are now.
        let (second, third) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let reopened = [second.path(), third.path()].map(|folder| {
            let (root, epochs) = (folder.join("root.key"), folder.join("epochs"));
            fs::copy(house.root(), &root).unwrap();
            fs::copy(house.epochs(), &epochs).unwrap();
            Custody::open(&root, &epochs).unwrap()
        });
        for custody in reopened.iter().chain([&custody]) {
            for copy in &copies {
                assert!(matches!(unwrap(custody, copy), Err(Error::EpochDestroyed { epoch: 1 })));
                // Nor does the old copy open when it claims to be of the living epoch.
                let claimed = custody.unwrap(2, &copy.bytes, &SUBJECT, "shop");
                assert!(matches!(claimed, Err(Error::NotAuthentic)));
            }
            assert!(opens(custody, &rewrapped, &kept));
        }
    }

    #[test]
    fn a_turn_can_be_begun_and_finished_again_without_harm() {
        let (_house, custody) = House::new();
        assert_eq!(custody.finish_turn().unwrap(), [0; 0], "no turn is under way");
        assert_eq!((custody.begin_turn().unwrap(), custody.begin_turn().unwrap()), (2, 2));
        assert_eq!(custody.living_epochs(), [1, 2]);
        assert_eq!(custody.finish_turn().unwrap(), [1]);
        assert_eq!(custody.finish_turn().unwrap(), [0; 0]);
        assert_eq!((custody.living_epochs(), custody.current_epoch()), (vec![2], 2));
        assert_eq!(custody.begin_turn().unwrap(), 3);
    }

    #[test]
    fn an_epoch_never_begun_here_is_told_apart_from_a_destroyed_one() {
        let (_house, custody) = House::new();
        let (_, wrapped) = wrapped(&custody);
        for epoch in [0, 2, u32::MAX] {
            let refused = custody.unwrap(epoch, &wrapped.bytes, &SUBJECT, "shop");
            assert!(matches!(refused, Err(Error::EpochUnknown { epoch: named }) if named == epoch));
        }
    }

    #[test]
    fn the_old_file_is_zeros_after_each_step_of_a_turn() {
        let (house, custody) = House::new();
        for step in [
            |custody: &Custody| custody.begin_turn().map(drop),
            |custody: &Custody| custody.finish_turn().map(drop),
        ] {
            // Still open from before, this handle reads the old file's blocks after its name is gone.
            let mut old = File::open(house.epochs()).unwrap();
            let length = old.metadata().unwrap().len();
            step(&custody).unwrap();
            let mut left = Vec::new();
            old.read_to_end(&mut left).unwrap();
            assert_eq!(left, vec![0; usize::try_from(length).unwrap()]);
            assert_eq!(house.names(), ["epochs", "epochs.lock", "root.key"]);
        }
    }

    #[test]
    fn a_turn_made_by_another_process_is_seen_at_the_next_use() {
        let (house, here) = House::new();
        let there = house.open().unwrap();
        let (keys, old) = wrapped(&there);
        here.begin_turn().unwrap();
        assert_eq!(there.wrap(&keys, &SUBJECT, "shop").unwrap().epoch, 2);
        here.finish_turn().unwrap();
        assert!(matches!(unwrap(&there, &old), Err(Error::EpochDestroyed { epoch: 1 })));
        here.begin_turn().unwrap();
        assert_eq!(there.current_epoch(), 2, "nothing was used yet");
        there.refresh().unwrap();
        assert_eq!(there.current_epoch(), 3);
    }

    #[test]
    fn keys_are_served_while_the_epoch_turns() {
        let (_house, custody) = House::new();
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..2)
                .map(|_| {
                    scope.spawn(|| {
                        for _ in 0..200 {
                            let (keys, wrapped) = wrapped(&custody);
                            match unwrap(&custody, &wrapped) {
                                Ok(opened) => assert_eq!(opened.tag.trail_id(), keys.tag.trail_id()),
                                Err(error) => {
                                    assert!(matches!(error, Error::EpochDestroyed { .. }), "{error}")
                                }
                            }
                        }
                    })
                })
                .collect();
            for _ in 0..10 {
                custody.begin_turn().unwrap();
                custody.finish_turn().unwrap();
            }
            workers.into_iter().for_each(|worker| worker.join().unwrap());
        });
        assert_eq!(custody.living_epochs(), [11]);
    }

    #[test]
    fn custody_can_be_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Custody>();
        shared::<SubjectKeys>();
    }

    // What a crash leaves. `replace` writes `.new`, gives the old file the name `.old`, renames, wipes.

    #[test]
    fn death_while_the_new_file_is_written_leaves_the_old_state() {
        for litter in [&b""[..], b"saqta-epo", &[0; 300]] {
            let (house, custody) = House::new();
            let (keys, wrapped) = wrapped(&custody);
            write(&house.beside(".new"), litter);
            let custody = house.open().unwrap();
            assert_eq!(custody.living_epochs(), [1]);
            assert!(opens(&custody, &wrapped, &keys));
            assert_eq!(house.names(), ["epochs", "epochs.lock", "root.key"]);
        }
    }

    #[test]
    fn death_before_the_rename_leaves_the_old_state_and_wipes_nothing_in_force() {
        let (house, custody) = House::new();
        let (keys, wrapped) = wrapped(&custody);
        let before = fs::read(house.epochs()).unwrap();
        custody.begin_turn().unwrap();
        let after = fs::read(house.epochs()).unwrap();
        // The state between the second name and the rename, in the middle of a finished `.new`.
        write(&house.epochs(), &before);
        write(&house.beside(".new"), &after);
        fs::hard_link(house.epochs(), house.beside(".old")).unwrap();

        let custody = house.open().unwrap();
        assert_eq!(custody.living_epochs(), [1]);
        assert_eq!(fs::read(house.epochs()).unwrap(), before);
        assert!(opens(&custody, &wrapped, &keys));
        assert_eq!(house.names(), ["epochs", "epochs.lock", "root.key"]);
        assert_eq!(custody.begin_turn().unwrap(), 2);
    }

    #[test]
    fn death_after_the_rename_leaves_the_new_state_and_the_old_file_is_wiped_at_the_next_start() {
        let (house, custody) = House::new();
        custody.begin_turn().unwrap();
        let (keys, wrapped) = wrapped(&custody);
        let both = fs::read(house.epochs()).unwrap();
        custody.finish_turn().unwrap();
        drop(custody);
        // Died before wiping, or in the middle of it.
        for left in [both.clone(), [vec![0; 40], both[40..].to_vec()].concat()] {
            write(&house.beside(".old"), &left);
            let mut old = File::open(house.beside(".old")).unwrap();
            let custody = house.open().unwrap();
            assert_eq!(custody.living_epochs(), [2]);
            assert!(opens(&custody, &wrapped, &keys));
            assert_eq!(house.names(), ["epochs", "epochs.lock", "root.key"]);
            let mut content = Vec::new();
            old.read_to_end(&mut content).unwrap();
            assert_eq!(content, vec![0; both.len()]);
        }
    }

    #[test]
    fn a_running_server_settles_what_a_failed_step_left() {
        let (house, custody) = House::new();
        write(&house.beside(".new"), "litter");
        assert_eq!(custody.begin_turn().unwrap(), 2);
        write(&house.beside(".old"), "still to be wiped");
        assert_eq!(custody.finish_turn().unwrap(), [1]);
        assert_eq!(house.names(), ["epochs", "epochs.lock", "root.key"]);
    }

    #[test]
    fn death_between_the_steps_of_a_turn_resumes_the_same_turn() {
        let (house, custody) = House::new();
        let (keys, wrapped) = wrapped(&custody);
        custody.begin_turn().unwrap();
        drop(custody);
        let custody = house.open().unwrap();
        assert_eq!(custody.living_epochs(), [1, 2]);
        assert_eq!(custody.begin_turn().unwrap(), 2);
        let rewrapped = custody.rewrap(1, &wrapped.bytes, &SUBJECT, "shop").unwrap();
        assert_eq!(custody.finish_turn().unwrap(), [1]);
        assert!(opens(&custody, &rewrapped, &keys));
    }

    #[test]
    fn an_interrupted_first_start_can_be_repeated() {
        let house = House(tempfile::tempdir().unwrap());
        let root = RootKey::create(&house.root()).unwrap();
        write(&house.beside(".new"), "half an epochs file");
        let custody = Custody::create(&house.root(), &house.epochs()).unwrap();
        assert_eq!(custody.fingerprint(), root.fingerprint());
        assert_eq!(custody.living_epochs(), [1]);
    }

    // What is refused.

    #[test]
    fn nothing_is_ever_overwritten_by_creating() {
        let (house, custody) = House::new();
        let (root, epochs) = (fs::read(house.root()).unwrap(), fs::read(house.epochs()).unwrap());
        assert!(matches!(RootKey::create(&house.root()), Err(Error::Exists { .. })));
        let again = Custody::create(&house.root(), &house.epochs());
        assert!(matches!(again, Err(Error::Exists { path }) if path == house.epochs()));
        assert_eq!((fs::read(house.root()).unwrap(), fs::read(house.epochs()).unwrap()), (root, epochs));
        drop(custody);
    }

    #[test]
    fn custody_files_are_for_their_owner_alone() {
        let (house, custody) = House::new();
        for path in [house.root(), house.epochs()] {
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            for mode in [0o640, 0o604, 0o610, 0o602, 0o666] {
                fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
                let refused = house.open().unwrap_err();
                assert!(
                    matches!(&refused, Error::Exposed { path: named, mode: found } if *named == path && *found == mode)
                );
                assert!(refused.to_string().contains(path.to_str().unwrap()));
            }
            fs::set_permissions(&path, Permissions::from_mode(0o400)).unwrap();
            assert!(house.open().is_ok(), "a file its owner can only read is well kept");
        }
        drop(custody);
    }

    #[test]
    fn links_folders_and_absent_files_are_refused() {
        let (house, _custody) = House::new();
        for path in [house.root(), house.epochs()] {
            let moved = house.0.path().join("moved");
            fs::rename(&path, &moved).unwrap();
            assert!(matches!(house.open(), Err(Error::Missing { path: named }) if named == path));
            symlink(&moved, &path).unwrap();
            assert!(matches!(house.open(), Err(Error::NotPlain { path: named }) if named == path));
            fs::remove_file(&path).unwrap();
            fs::create_dir(&path).unwrap();
            assert!(matches!(house.open(), Err(Error::NotPlain { path: named }) if named == path));
            fs::remove_dir(&path).unwrap();
            fs::rename(&moved, &path).unwrap();
            assert!(house.open().is_ok());
        }
    }

    #[test]
    fn nothing_is_wiped_while_the_epochs_file_is_missing() {
        let (house, _custody) = House::new();
        fs::rename(house.epochs(), house.beside(".old")).unwrap();
        assert!(matches!(house.open(), Err(Error::Missing { .. })));
        assert!(matches!(Custody::create(&house.root(), &house.epochs()), Err(Error::Exists { .. })));
        fs::rename(house.beside(".old"), house.epochs()).unwrap();
        assert!(house.open().is_ok());
    }

    #[test]
    fn a_root_key_of_wrong_form_is_refused_without_showing_it() {
        let (house, _custody) = House::new();
        let digits = "0123456789abcdef".repeat(4);
        let fewer = digits.strip_prefix('0').unwrap();
        let wrong = [
            String::new(),
            "saqta-root-key-1".to_owned(),
            format!("saqta-root-key-2\n{digits}\n"),
            format!("{digits}\n"),
            format!("saqta-root-key-1\n{fewer}\n"),
            format!("saqta-root-key-1\n{digits}0\n"),
            format!("saqta-root-key-1\n{digits}00\n"),
            format!("saqta-root-key-1\n{fewer}g\n"),
            format!("saqta-root-key-1\n{digits}\n{digits}\n"),
            format!("saqta-root-key-1\n{}\n", " ".repeat(2 * 1024 * 1024)),
        ];
        for content in wrong {
            write(&house.root(), &content);
            let refused = house.open().unwrap_err();
            assert!(matches!(&refused, Error::Malformed { path, .. } if *path == house.root()));
            for text in [refused.to_string(), format!("{refused:?}")] {
                assert!(!text.contains("0123"), "{text}");
            }
        }
    }

    #[test]
    fn a_root_key_typed_in_from_paper_is_the_same_key() {
        let (house, custody) = House::new();
        let text = fs::read_to_string(house.root()).unwrap();
        assert_eq!(text.lines().count(), 2);
        let digits = text.lines().nth(1).unwrap().to_uppercase();
        let groups: Vec<&str> =
            digits.as_bytes().chunks(8).map(|group| str::from_utf8(group).unwrap()).collect();
        write(&house.root(), format!("saqta-root-key-1\r\n{}\r\n\r\n", groups.join(" ")));
        assert_eq!(house.open().unwrap().fingerprint(), custody.fingerprint());
    }

    #[test]
    fn an_epochs_file_of_another_root_key_is_named_as_such() {
        let (house, custody) = House::new();
        fs::remove_file(house.root()).unwrap();
        let other = RootKey::create(&house.root()).unwrap();
        let refused = house.open().unwrap_err();
        assert!(matches!(refused, Error::OtherRoot { expected, found, .. }
            if expected == custody.fingerprint() && found == other.fingerprint()));
    }

    #[test]
    fn any_changed_or_lost_byte_of_the_epochs_file_is_noticed() {
        let (house, custody) = House::new();
        custody.begin_turn().unwrap();
        drop(custody);
        let whole = fs::read(house.epochs()).unwrap();
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            write(&house.epochs(), &changed);
            assert!(house.open().is_err(), "byte {at}");
            write(&house.epochs(), &whole[..at]);
            assert!(house.open().is_err(), "cut to {at}");
        }
        // A whole line taken out, so that an epoch would look destroyed.
        let text = String::from_utf8(whole.clone()).unwrap();
        let fewer: String = text.split_inclusive('\n').filter(|line| !line.starts_with("epoch 1 ")).collect();
        write(&house.epochs(), fewer);
        assert!(matches!(house.open(), Err(Error::Malformed { .. })));
        write(&house.epochs(), &whole);
        assert_eq!(house.open().unwrap().living_epochs(), [1, 2]);
    }

    #[test]
    fn debug_text_and_fingerprint_show_no_key() {
        let (house, custody) = House::new();
        let text = fs::read_to_string(house.root()).unwrap();
        let key = text.lines().nth(1).unwrap();
        let root = RootKey::load(&house.root()).unwrap();
        let shown = format!("{custody:?} {root:?} {}", custody.fingerprint());
        assert!(key.as_bytes().windows(8).all(|part| !shown.contains(str::from_utf8(part).unwrap())));
        assert_eq!(custody.fingerprint().to_string().len(), 32);
    }
}
