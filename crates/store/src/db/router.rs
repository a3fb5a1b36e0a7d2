//! Which machine of a cluster has the rows of a person, and how are they read from it without a detour?
//!
//! Any machine of the cluster answers any statement, but the one that has the rows answers it with the least work. So this is
//! a shortcut and nothing rests on it: a machine that is gone or a catalogue that is out of date costs a detour, never a wrong
//! answer. Where there is no cluster there are no routes, and every read takes the one pool.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use deadpool_postgres::{Client, Manager, ManagerConfig, Pool, RecyclingMethod};
use tokio_postgres::{Config, NoTls};

use crate::db::Query;
use crate::db::citus::{self, Owner};
use crate::db::value::Value;
use crate::error::Error;

/// How a statement about one person names that person; a test reads every statement of this crate and holds it to this.
const ABOUT_A_PERSON: &str = "where subject = $1";

/// How long a machine may take to accept a connection before the read goes another way.
const PATIENCE: Duration = Duration::from_secs(2);

/// The ways to the machines of a cluster.
pub(super) struct Router {
    config: Config,
    readers: usize,
    routes: RwLock<Arc<Routes>>,
    reading: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Routes {
    shards: Vec<Shard>,
    nodes: Vec<Arc<Node>>,
}

struct Shard {
    least: i32,
    greatest: i32,
    node: Arc<Node>,
}

/// A machine of the cluster.
pub(super) struct Node {
    host: String,
    port: u16,
    pool: Pool,
    // Set when it did not answer, until the routes are next read anew in their time.
    resting: AtomicBool,
}

impl Node {
    /// Host and port.
    pub(super) fn name(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    pub(super) fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Lets reads go another way for a while.
    pub(super) fn rest(&self) {
        self.resting.store(true, Ordering::Relaxed);
    }
}

impl Router {
    /// Without routes, until they are read.
    pub(super) fn new(config: Config, readers: usize) -> Self {
        Self { config, readers, routes: RwLock::default(), reading: tokio::sync::Mutex::default() }
    }

    /// The machine that has the rows of the one person whom all these statements are about.
    pub(super) fn owner(&self, queries: &[Query]) -> Option<Arc<Node>> {
        let routes = self.routes();
        if routes.shards.is_empty() {
            return None;
        }
        let mut people = queries.iter().map(person);
        let first = people.next()??;
        if !people.all(|person| person == Some(first)) {
            return None;
        }
        routes.node(first).filter(|node| !node.resting.load(Ordering::Relaxed)).cloned()
    }

    /// The machine on which the rows under a key lie.
    pub(super) fn node_of(&self, subject: &[u8]) -> Option<Arc<Node>> {
        self.routes().node(subject).cloned()
    }

    /// Reads the routes anew; machines that rest are tried again. One at a time: whoever comes meanwhile has nothing to add.
    pub(super) async fn refresh(&self, client: &Client) -> Result<(), Error> {
        let Ok(_turn) = self.reading.try_lock() else { return Ok(()) };
        let owners = if citus::there(client).await? { citus::owners(client).await? } else { Vec::new() };
        let routes = self.routes_of(owners, &self.routes().nodes)?;
        *self.routes.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(routes);
        Ok(())
    }

    pub(super) fn close(&self) {
        for node in &self.routes().nodes {
            node.pool.close();
        }
    }

    fn routes(&self) -> Arc<Routes> {
        Arc::clone(&self.routes.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn routes_of(&self, owners: Vec<Owner>, known: &[Arc<Node>]) -> Result<Routes, Error> {
        let mut routes = Routes::default();
        for Owner { least, greatest, host, port } in owners {
            let same = |node: &&Arc<Node>| node.host == host && node.port == port;
            let node = match routes.nodes.iter().find(same) {
                Some(node) => Arc::clone(node),
                None => {
                    // The connections of a machine that stays are kept.
                    let pool = match known.iter().find(same) {
                        Some(node) => node.pool.clone(),
                        None => pool(&at(&self.config, &host, port), self.readers)?,
                    };
                    let node = Arc::new(Node { host, port, pool, resting: AtomicBool::new(false) });
                    routes.nodes.push(Arc::clone(&node));
                    node
                }
            };
            routes.shards.push(Shard { least, greatest, node });
        }
        // Where a shard has several copies the first one in the catalogue serves.
        routes.shards.sort_by_key(|shard| shard.least);
        routes.shards.dedup_by_key(|shard| shard.least);
        Ok(routes)
    }
}

impl Routes {
    fn node(&self, key: &[u8]) -> Option<&Arc<Node>> {
        let hash = hash(key);
        let after = self.shards.partition_point(|shard| shard.least <= hash);
        let shard = self.shards.get(after.checked_sub(1)?)?;
        (hash <= shard.greatest).then_some(&shard.node)
    }
}

/// A pool of connections that read.
pub(super) fn pool(config: &Config, readers: usize) -> Result<Pool, Error> {
    let manager = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    Pool::builder(Manager::from_config(config.clone(), NoTls, manager))
        .max_size(readers)
        .build()
        .map_err(|error| Error::Connection(error.to_string()))
}

/// The same user of the same database on another machine; the connection says so in its name.
fn at(config: &Config, host: &str, port: u16) -> Config {
    let mut there = Config::new();
    there.host(host).port(port).connect_timeout(PATIENCE).ssl_mode(config.get_ssl_mode());
    if let Some(user) = config.get_user() {
        there.user(user);
    }
    if let Some(password) = config.get_password() {
        there.password(password);
    }
    if let Some(name) = config.get_dbname() {
        there.dbname(name);
    }
    if let Some(options) = config.get_options() {
        there.options(options);
    }
    there.application_name(format!("{} at {host}:{port}", config.get_application_name().unwrap_or_default()));
    there
}

fn person(query: &Query) -> Option<&[u8]> {
    match query.params.first() {
        Some(Value::Bytes(subject)) if query.sql.contains(ABOUT_A_PERSON) => Some(subject),
        _ => None,
    }
}

/// The hash by which the rows of a `bytea` key find their shard: the one under which PostgreSQL itself hashes that type, Bob
/// Jenkins's lookup3 from a seed of PostgreSQL's own, read as little-endian words.
fn hash(key: &[u8]) -> i32 {
    let length = u32::try_from(key.len()).unwrap_or(u32::MAX);
    let seed = 0x9e37_79b9_u32.wrapping_add(length).wrapping_add(3_923_095);
    let mut state = [seed; 3];
    let mut blocks = key.chunks_exact(12);
    for block in &mut blocks {
        add(&mut state, words(block));
        mix(&mut state);
    }
    let [first, second, third] = words(blocks.remainder());
    // The lowest byte of the last word is kept for the length.
    add(&mut state, [first, second, third << 8]);
    i32::from_ne_bytes(finish(state).to_ne_bytes())
}

/// Three words of up to twelve bytes; what is missing is zero.
fn words(bytes: &[u8]) -> [u32; 3] {
    let mut words = [0_u32; 3];
    for (word, four) in words.iter_mut().zip(bytes.chunks(4)) {
        let mut whole = [0_u8; 4];
        for (to, from) in whole.iter_mut().zip(four) {
            *to = *from;
        }
        *word = u32::from_le_bytes(whole);
    }
    words
}

fn add(state: &mut [u32; 3], words: [u32; 3]) {
    for (sum, word) in state.iter_mut().zip(words) {
        *sum = sum.wrapping_add(word);
    }
}

fn mix(state: &mut [u32; 3]) {
    let [mut a, mut b, mut c] = *state;
    for (first, second, third) in [(4, 6, 8), (16, 19, 4)] {
        a = a.wrapping_sub(c) ^ c.rotate_left(first);
        c = c.wrapping_add(b);
        b = b.wrapping_sub(a) ^ a.rotate_left(second);
        a = a.wrapping_add(c);
        c = c.wrapping_sub(b) ^ b.rotate_left(third);
        b = b.wrapping_add(a);
    }
    *state = [a, b, c];
}

fn finish([mut a, mut b, mut c]: [u32; 3]) -> u32 {
    c = (c ^ b).wrapping_sub(b.rotate_left(14));
    a = (a ^ c).wrapping_sub(c.rotate_left(11));
    b = (b ^ a).wrapping_sub(a.rotate_left(25));
    c = (c ^ b).wrapping_sub(b.rotate_left(16));
    a = (a ^ c).wrapping_sub(c.rotate_left(4));
    b = (b ^ a).wrapping_sub(a.rotate_left(14));
    (c ^ b).wrapping_sub(b.rotate_left(24))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn router() -> Router {
        Router::new("postgres://shop@db.example/shop".parse().unwrap(), 2)
    }

    fn owner(least: i32, greatest: i32, host: &str) -> Owner {
        Owner { least, greatest, host: host.to_owned(), port: 5432 }
    }

    #[tokio::test]
    async fn a_key_goes_to_the_machine_whose_part_has_its_hash() {
        let router = router();
        let owners = vec![owner(0, i32::MAX, "two.example"), owner(i32::MIN, -1, "one.example")];
        let routes = router.routes_of(owners, &[]).unwrap();
        for number in 0..200_u32 {
            let key = number.to_be_bytes();
            let expected = if hash(&key) < 0 { "one.example" } else { "two.example" };
            assert_eq!(routes.node(&key).unwrap().host, expected);
        }
    }

    #[tokio::test]
    async fn the_hash_is_that_of_the_database() {
        let Some(url) = std::env::var_os("SAQTA_TEST_PGURL") else {
            println!("the hash was not compared: SAQTA_TEST_PGURL is not set");
            return;
        };
        let (client, connection) = tokio_postgres::connect(url.to_str().unwrap(), NoTls).await.unwrap();
        tokio::spawn(connection);
        // No function shows the hash of a single value in every version; that of a list of one is 31 more.
        let statement = client.prepare("select hash_array(array[$1::bytea])").await.unwrap();
        for length in 0..=40_u8 {
            for start in 0..20_u8 {
                let next = |byte: &u8| Some(byte.wrapping_mul(167).wrapping_add(13));
                let first = start.wrapping_mul(29).wrapping_add(length);
                let key: Vec<u8> = std::iter::successors(Some(first), next).take(length.into()).collect();
                let theirs: i32 = client.query_one(&statement, &[&key]).await.unwrap().get(0);
                assert_eq!(hash(&key), theirs.wrapping_sub(31), "{key:?}");
            }
        }
    }

    #[tokio::test]
    async fn a_hash_that_no_machine_has_goes_nowhere() {
        let routes = router().routes_of(vec![owner(5, 5, "one.example")], &[]).unwrap();
        assert!((0..200_u32).all(|number| routes.node(&number.to_be_bytes()).is_none()));
    }

    #[tokio::test]
    async fn statements_about_nobody_or_about_two_people_have_no_owner() {
        let router = router();
        let all = vec![owner(i32::MIN, i32::MAX, "one.example")];
        *router.routes.write().unwrap() = Arc::new(router.routes_of(all, &[]).unwrap());
        let about = |sql, key: &[u8]| Query::new(sql, vec![key.into()]);
        let row = "select body\nfrom vault\nwhere subject = $1";
        assert!(router.owner(&[about(row, b"a"), about(row, b"a")]).is_some());
        assert!(router.owner(&[about(row, b"a"), about(row, b"b")]).is_none());
        assert!(
            router.owner(&[about("select subject\nfrom blind_index\nwhere digest = $1", b"a")]).is_none()
        );
        assert!(router.owner(&[]).is_none());
        router.node_of(b"a").unwrap().rest();
        assert!(router.owner(&[about(row, b"a")]).is_none(), "a machine that rests is not asked");
    }
}
