//! Does an installation start on a version that an earlier program published and this one would not?

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use saqta_app::act::{Caller, Channel};
    use saqta_app::error::Error;
    use saqta_app::instance::{App, Clock, Limits, Location};
    use saqta_domain::terms::actor::Actor;
    use saqta_domain::terms::names::Language;
    use saqta_policy::folder::Folder;
    use saqta_store::policies::{PolicyRow, publish_steps};
    use saqta_store::writer::{Deed, Silent};
    use serde_json::json;

    const NOON: &str = "2026-03-02T07:00:00Z";

    async fn open(data: &Path) -> Result<App, Error> {
        let place =
            Location { data: data.to_owned(), postgres: None, root_key: None, faults: Default::default() };
        App::open(place, Clock::new(|| NOON.parse().unwrap()), Limits::default()).await
    }

    fn example() -> BTreeMap<String, String> {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/autoshop");
        let names = ["policy.toml", "text.kk.md", "text.ru.md", "text.en.md"];
        names.map(|name| (name.to_owned(), std::fs::read_to_string(directory.join(name)).unwrap())).into()
    }

    /// Puts a version where an earlier program would have put it, whatever this one thinks of it.
    async fn published_before(app: &App, files: &BTreeMap<String, String>) {
        let names = ["policy.toml", "text.en.md", "text.kk.md", "text.ru.md"];
        let row = PolicyRow {
            version: 1,
            follows: 0,
            digest: Folder::from_files(files.clone()).digest(names),
            effective_from: 1_000,
            published_at: 2_000,
            body: Vec::new(),
        };
        let mut place = row.digest.to_vec();
        for number in [row.version, row.follows, row.effective_from, row.published_at] {
            place.extend(number.to_be_bytes());
        }
        let sealing = app.vault().keyring().custody().derive_instance("published policy").unwrap();
        let body = json!({ "files": files, "approved_by": "The director" }).to_string();
        let body = sealing.seal(&place, body.as_bytes()).unwrap();
        let deed =
            Deed::<Silent>::new().steps(publish_steps(PolicyRow { body, ..row })).record(b"a leaf".to_vec());
        app.vault().db().commit(deed).await.unwrap();
    }

    #[tokio::test]
    async fn a_version_with_new_findings_holds_as_it_was_published() {
        let folder = tempfile::tempdir().unwrap();
        let mut files = example();
        let text = files.get_mut("text.en.md").unwrap();
        *text = text.replace("11.3. ", "11.4. ");
        let app = open(folder.path()).await.unwrap();
        published_before(&app, &files).await;
        app.close().await;
        let app = open(folder.path()).await.unwrap();
        let view = app.view().await.unwrap();
        assert_eq!((view.version.policy.version, view.version.approved_by.as_str()), (1, "The director"));
        let caller = Caller {
            actor: Actor::System("test").into(),
            channel: Channel::Cli,
            language: Language::English,
            idempotency: None,
            ahead: Default::default(),
        };
        let again = app.publish_files(&caller, files, "The director").await;
        assert!(matches!(again, Err(Error::Policy(_))), "a new version is checked as strictly as ever");
        app.close().await;
    }

    #[tokio::test]
    async fn a_version_of_which_something_cannot_be_read_any_more_is_not_guessed_at() {
        let folder = tempfile::tempdir().unwrap();
        let mut files = example();
        let policy = files.get_mut("policy.toml").unwrap();
        *policy = policy.replacen("kind          = \"phone\"", "kind          = \"fone\"", 1);
        let app = open(folder.path()).await.unwrap();
        published_before(&app, &files).await;
        app.close().await;
        let Err(Error::Unbuildable { version: 1, problems }) = open(folder.path()).await else {
            panic!("the installation must not start");
        };
        assert!(problems.iter().any(|p| p.code == "unknown-kind"));
    }
}
