//! How is a throw-away installation of Saqta set up, started again, and filled with people?

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::http::Target;
use crate::load::{Load, Until};
use crate::policy::{self, Subject};
use crate::process::Server;
use crate::workloads::collect::Collect;
use crate::world::{Shape, World};

/// At so many connections people are taken in.
pub const SEEDING: u16 = 256;

/// After so many people it is told how far it is.
const SEEDED_AT_ONCE: u64 = 100_000;

const OPERATIONS: [&str; 9] = [
    "collection",
    "recording",
    "storage",
    "rectification",
    "retrieval",
    "use",
    "blocking",
    "erasure",
    "destruction",
];

/// An installation in a folder of its own.
pub struct Shop {
    program: PathBuf,
    policy: PathBuf,
    data: PathBuf,
    postgres: Option<String>,
    /// The administrator's key.
    pub administrator: String,
    /// The digest of each purpose's consent text.
    pub digests: BTreeMap<String, String>,
}

impl Shop {
    /// Sets up a new one below `folder`, and leaves it running.
    pub fn found(
        load: &Load,
        program: &Path,
        folder: &Path,
        subject: Subject,
        postgres: Option<&str>,
    ) -> Result<(Self, Server)> {
        let policy = folder.join("policy");
        policy::write(&policy, subject)?;
        let mut shop = Self {
            program: program.to_owned(),
            policy,
            data: folder.join("data"),
            postgres: postgres.map(str::to_owned),
            administrator: String::new(),
            digests: BTreeMap::new(),
        };
        let server = shop.start(load)?;
        let link =
            server.said.get("setup_link").and_then(Value::as_str).context("there is no set-up link")?;
        let (_, token) = link.split_once("token=").context("the set-up link has no token")?;
        let nobody = Target { address: server.address, key: String::new() };
        shop.administrator = made(load, &nobody, "/v1/setup", &json!({ "token": token }))?;
        let (status, published) = load.ask(&nobody, "GET", "/policy.json", b"")?;
        ensure!(status == 200, "the policy is not there: {status}");
        shop.digests = digests(&published)?;
        Ok((shop, server))
    }

    /// Starts it again.
    pub fn start(&self, load: &Load) -> Result<Server> {
        let mut command = self.command(["serve", "--json", "--listen", "127.0.0.1:0", "--log", "json"]);
        command.arg("--policy").arg(&self.policy);
        // What is measured is the work, not how much of it one key is allowed.
        command.env("SAQTA_REQUESTS_PER_SECOND", "4000000000").env("SAQTA_PERSONS_A_DAY", "1000000000");
        Server::start(load, command, "/healthz")
    }

    /// Copies the whole of it, stopped, to another place, and leaves it on the disk there.
    pub fn moved(mut self, folder: &Path) -> Result<Self> {
        let (policy, data) = (folder.join("policy"), folder.join("data"));
        copy(&self.policy, &policy)?;
        copy(&self.data, &data)?;
        (self.policy, self.data) = (policy, data);
        Ok(self)
    }

    /// A command of the program about this installation.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).arg("--data").arg(&self.data).env_remove("SAQTA_POSTGRES");
        if let Some(postgres) = &self.postgres {
            command.env("SAQTA_POSTGRES", postgres);
        }
        command
    }

    /// The folder of its databases.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// A key for all purposes of the policy, as its administrator would make one.
    pub fn key(&self, load: &Load, server: &Server) -> Result<Target> {
        let administrator = self.administrator(server);
        let purposes: Vec<&String> = self.digests.keys().collect();
        let scope = json!({
            "purposes": purposes,
            "operations": OPERATIONS,
            "administers": true,
            "undertaking": "No. 1 of 2026-01-12",
        });
        let key = made(load, &administrator, "/v1/keys", &json!({ "label": "measured", "scope": scope }))?;
        Ok(Target { address: server.address, key })
    }

    /// The administrator at a running server.
    pub fn administrator(&self, server: &Server) -> Target {
        Target { address: server.address, key: self.administrator.clone() }
    }

    /// Its world with a key to it, and nobody in it.
    pub fn world(&self, load: &Load, server: &Server, shape: Shape) -> Result<Rc<World>> {
        let digest = |(purpose, _): &(&str, _)| self.digests.get(*purpose).cloned().unwrap_or_default();
        let digests = shape.parts().iter().map(digest).collect();
        Ok(World::new(self.key(load, server)?, shape, digests))
    }

    /// The digest that a consent to a purpose names.
    pub fn digest(&self, purpose: &str) -> Result<String> {
        self.digests.get(purpose).cloned().with_context(|| format!("`{purpose}` has no consent text"))
    }
}

/// Takes so many people in. `say` gets a line from time to time when there are many.
pub fn seed(load: &Load, world: &Rc<World>, people: u64, say: &dyn Fn(&str)) -> Result<()> {
    let mut left = people;
    while left > 0 {
        let part = left.min(SEEDED_AT_ONCE);
        let (_, scripts) =
            load.run(&world.target, Collect::shared(world, part, SEEDING), Until::Done, || Ok(0.0))?;
        world.people.borrow_mut().extend(scripts.into_iter().flat_map(|script| script.collected));
        left -= part;
        if people > SEEDED_AT_ONCE {
            say(&format!("{} of {people} people are taken in", people - left));
        }
    }
    // The order in which answers came is chance; the order of numbers is not.
    world.people.borrow_mut().sort_by_key(|person| person.number);
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    fs::set_permissions(to, fs::metadata(from)?.permissions())?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy(&from, &to)?;
        } else {
            fs::copy(&from, &to)?;
            // Measuring begins when nothing waits to be written any more.
            fs::File::open(&to)?.sync_all()?;
        }
    }
    Ok(())
}

fn made(load: &Load, target: &Target, path: &'static str, body: &Value) -> Result<String> {
    #[derive(Deserialize)]
    struct Made {
        key: String,
    }
    let (status, body) = load.ask(target, "POST", path, body.to_string().as_bytes())?;
    ensure!(status == 201, "{path} answered {status}: {}", String::from_utf8_lossy(&body));
    Ok(serde_json::from_slice::<Made>(&body)?.key)
}

fn digests(published: &[u8]) -> Result<BTreeMap<String, String>> {
    let published: Value = serde_json::from_slice(published)?;
    let purposes =
        published.get("purposes").and_then(Value::as_array).context("the policy has no purposes")?;
    let digest = |purpose: &Value| {
        let name = purpose.get("name")?.as_str()?.to_owned();
        Some((name, purpose.pointer("/consent/texts/en/digest")?.as_str()?.to_owned()))
    };
    Ok(purposes.iter().filter_map(digest).collect())
}
