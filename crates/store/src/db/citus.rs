//! What is asked of Citus, and in which words?
//!
//! Every function and every catalogue of Citus is named in this file and in no other, so that all other statements are the same
//! with it and without it. What is done here can be done again: what is spread already is asked first, and a preparation that
//! was broken off goes on where it stopped.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use tokio_postgres::{Client, Config};

use crate::db::{Clock, Place, dialect, postgres_writer};
use crate::distribution::{Manner, Spread, spreads};
use crate::error::Error;
use crate::migrate;

const THERE: &str = "select to_regclass('pg_dist_partition') is not null";

// Group 0 is the coordinator.
const OUR_GROUP: &str = "
select groupid
from pg_dist_local_group";

const WORKERS: &str = "
select count(*)
from pg_dist_node
where groupid > 0 and isactive";

const SPREAD: &str = "
select c.relname, p.partmethod, p.repmodel, column_to_column_name(p.logicalrelid, p.partkey), p.colocationid
from pg_dist_partition p
join pg_class c on c.oid = p.logicalrelid
where pg_table_is_visible(c.oid)";

// What a table held before it was spread stays on the coordinator's disk, where no statement sees it any more.
const LEFT_BEHIND: &str = "
select relname
from pg_class
where relname = any($1) and pg_table_is_visible(oid) and pg_relation_size(oid) > 0";

const COPY: &str = "select create_reference_table($1)";
const SPREAD_ALONE: &str =
    "select create_distributed_table($1, $2, shard_count => $3, colocate_with => 'none')";
const SPREAD_WITH: &str = "select create_distributed_table($1, $2, colocate_with => $3)";
const CLEAR: &str = "select truncate_local_data_after_distributing_table($1)";

const SETTINGS: &str = "
select name, setting
from pg_settings
where name = any($1)";

const WORKERS_SETTING: &str = "
select nodename, nodeport, success, result
from run_command_on_workers($1)
order by nodename, nodeport";

// Which machine has which part of the hashes of the table that all rows of a person are with.
const OWNERS: &str = "
select s.shardminvalue, s.shardmaxvalue, n.nodename, n.nodeport
from pg_dist_shard s
join pg_dist_placement p on p.shardid = s.shardid
join pg_dist_node n on n.groupid = p.groupid
where s.logicalrelid = to_regclass('vault') and n.isactive and n.noderole = 'primary'
order by s.shardid, p.placementid";

/// What a preparation did, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preparation {
    /// The statements, in their order.
    pub statements: Vec<String>,
    /// Tables that were spread as they should be before.
    pub already: Vec<String>,
    /// What the operator should look at.
    pub warnings: Vec<Warning>,
}

/// Something about a cluster that does not stop its use, and that its operator should change or know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The machine, `coordinator` or host and port.
    pub node: String,
    /// The setting, or what else it is about.
    pub about: &'static str,
    /// What was found.
    pub found: String,
    /// What it should be.
    pub wanted: &'static str,
    /// Why.
    pub why: &'static str,
}

/// One part of the hashes of a key, and the machine that has its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Owner {
    pub(super) least: i32,
    pub(super) greatest: i32,
    pub(super) host: String,
    pub(super) port: u16,
}

/// Spreads all tables over the machines of the cluster, or with `dry` only says how; makes or migrates the schema first.
pub async fn prepare(url: &str, shards: u16, dry: bool, clock: &Clock) -> Result<Preparation, Error> {
    let config =
        Config::from_str(url).map_err(|_| Error::Connection("the address cannot be read".to_owned()))?;
    let mut client = postgres_writer::connect(&config).await?;
    if !there(&client).await? {
        return Err(Error::NoCitus);
    }
    let group: i32 = client.query_one(OUR_GROUP, &[]).await.map_err(refused)?.get(0);
    if group != 0 {
        return Err(Error::NotCoordinator);
    }
    if !dry {
        for place in [Place::Keys, Place::Data] {
            migrate::postgres(&mut client, place, clock.now()).await?;
        }
    }
    let (mut statements, already) = plan(&spreads()?, &found(&client).await?, shards)?;
    // What was left behind can be seen only when the tables are spread; before that, it is all that they hold.
    if !dry {
        run(&client, &statements).await?;
    }
    let left = left_behind(&client, &spreads()?).await?;
    if !dry {
        run(&client, &left).await?;
    }
    statements.extend(left);
    Ok(Preparation { statements, already, warnings: warnings(&client).await? })
}

async fn run(client: &Client, statements: &[String]) -> Result<(), Error> {
    for statement in statements {
        client.batch_execute(statement).await.map_err(refused)?;
    }
    Ok(())
}

/// Whether the database knows Citus at all.
pub(super) async fn there(client: &Client) -> Result<bool, Error> {
    Ok(client.query_one(THERE, &[]).await.map_err(refused)?.get(0))
}

/// Which machine has which person's rows; nothing where they are not spread.
pub(super) async fn owners(client: &Client) -> Result<Vec<Owner>, Error> {
    let rows = client.query(OWNERS, &[]).await.map_err(refused)?;
    let wrong = Error::Column { column: 0, expected: "the bounds of a shard" };
    let mut owners = Vec::with_capacity(rows.len());
    for row in rows {
        let bound = |at: usize| row.try_get::<_, &str>(at).ok().and_then(|text| text.parse().ok());
        let (Some(least), Some(greatest)) = (bound(0), bound(1)) else { return Err(wrong) };
        let (Ok(host), Ok(port)) = (row.try_get(2), row.try_get::<_, i32>(3)) else { return Err(wrong) };
        let Ok(port) = u16::try_from(port) else { return Err(wrong) };
        owners.push(Owner { least, greatest, host, port });
    }
    Ok(owners)
}

/// How a table lies on the cluster now.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Lies {
    copied: bool,
    column: Option<String>,
    group: i32,
}

async fn found(client: &Client) -> Result<BTreeMap<String, Lies>, Error> {
    let rows = client.query(SPREAD, &[]).await.map_err(refused)?;
    let lies = |row: tokio_postgres::Row| {
        let method: i8 = row.try_get(1)?;
        let model: i8 = row.try_get(2)?;
        // A hash-distributed table has the method `h`; a copied one has none, and is kept alike on all machines by `t`.
        let lies = Lies {
            copied: method == i8_of(b'n') && model == i8_of(b't'),
            column: if method == i8_of(b'h') { row.try_get(3)? } else { None },
            group: row.try_get(4)?,
        };
        Ok((row.try_get(0)?, lies))
    };
    rows.into_iter()
        .map(lies)
        .collect::<Result<_, _>>()
        .map_err(|error: tokio_postgres::Error| refused(error))
}

fn i8_of(letter: u8) -> i8 {
    i8::try_from(letter).unwrap_or_default()
}

/// What has still to be done, and which tables are as they should be; a table that lies otherwise stops everything.
fn plan(
    spreads: &[Spread],
    found: &BTreeMap<String, Lies>,
    shards: u16,
) -> Result<(Vec<String>, Vec<String>), Error> {
    let (mut statements, mut already) = (Vec::new(), Vec::new());
    for Spread { table, manner } in spreads {
        let Some(lies) = found.get(table) else {
            statements.push(statement(table, manner, shards));
            continue;
        };
        let beside = |leader: &String| found.get(leader).is_some_and(|of| of.group == lies.group);
        let as_wanted = match manner {
            Manner::Copied => lies.copied,
            Manner::By { column } => lies.column.as_ref() == Some(column),
            Manner::With { column, leader } => lies.column.as_ref() == Some(column) && beside(leader),
        };
        if !as_wanted {
            let found = match &lies.column {
                Some(column) => format!("by `{column}`"),
                None if lies.copied => "as a copy on each machine".to_owned(),
                None => "on one machine".to_owned(),
            };
            let wanted = match manner {
                Manner::Copied => "as a copy on each machine".to_owned(),
                Manner::By { column } => format!("by `{column}`"),
                Manner::With { column, leader } => format!("by `{column}` with the shards of `{leader}`"),
            };
            return Err(Error::SpreadOtherwise { table: table.clone(), found, wanted });
        }
        already.push(table.clone());
    }
    Ok((statements, already))
}

fn statement(table: &str, manner: &Manner, shards: u16) -> String {
    match manner {
        Manner::Copied => filled(COPY, &[table]),
        Manner::By { column } => filled(SPREAD_ALONE, &[table, column]).replace("$3", &shards.to_string()),
        Manner::With { column, leader } => filled(SPREAD_WITH, &[table, column, leader]),
    }
}

/// The statement as it is run and as it is shown: these calls take names and not values, and every name is of our own register.
fn filled(statement: &str, names: &[&str]) -> String {
    let mut text = statement.to_owned();
    for (number, name) in (1..).zip(names) {
        text = text.replace(&format!("${number}"), &format!("'{name}'"));
    }
    text
}

async fn left_behind(client: &Client, spreads: &[Spread]) -> Result<Vec<String>, Error> {
    let tables: Vec<&str> = spreads.iter().map(|spread| spread.table.as_str()).collect();
    let rows = client.query(LEFT_BEHIND, &[&tables]).await.map_err(refused)?;
    let names: BTreeSet<String> = rows.iter().filter_map(|row| row.try_get(0).ok()).collect();
    let cleared = spreads.iter().filter(|spread| names.contains(&spread.table));
    Ok(cleared.map(|spread| filled(CLEAR, &[&spread.table])).collect())
}

/// What a setting has to be, so that neither a value nor a half commit is where nobody looks for it.
struct Demand {
    setting: &'static str,
    asked: &'static str,
    good: fn(&str) -> bool,
    wanted: &'static str,
    why: &'static str,
}

const LEAK: &str = "machines of a cluster send each other values as text of statements, and this setting writes such text down";

const DEMANDS: [Demand; 7] = [
    Demand {
        setting: "log_min_error_statement",
        asked: "show log_min_error_statement",
        good: |found| found == "panic",
        wanted: "panic",
        why: LEAK,
    },
    Demand {
        setting: "log_statement",
        asked: "show log_statement",
        good: |found| found == "none",
        wanted: "none",
        why: LEAK,
    },
    Demand {
        setting: "log_min_duration_statement",
        asked: "show log_min_duration_statement",
        good: |found| found == "-1",
        wanted: "-1",
        why: LEAK,
    },
    Demand {
        setting: "citus.stat_tenants_track",
        asked: "show citus.stat_tenants_track",
        good: |found| found == "none",
        wanted: "none",
        why: "it keeps the keys of the persons that are asked for most in a view of its own",
    },
    Demand {
        setting: "citus.node_conninfo",
        asked: "show citus.node_conninfo",
        good: |found| found.contains("sslmode=verify-full"),
        wanted: "sslmode=verify-full with sslrootcert, or a private network chosen on purpose",
        why: "with less, machines of the cluster do not know whom they send the rows to",
    },
    Demand {
        setting: "plan_cache_mode",
        asked: "show plan_cache_mode",
        good: |found| found != "force_generic_plan",
        wanted: "auto",
        why: "forced generic plans make statements over several shards fail",
    },
    Demand {
        setting: "wal_level",
        asked: "show wal_level",
        good: |found| found == "logical",
        wanted: "logical",
        why: "with less, a shard cannot move to another machine while people are served",
    },
];

const PREPARED: &str = "max_prepared_transactions";
const CONNECTIONS: &str = "max_connections";

async fn warnings(client: &Client) -> Result<Vec<Warning>, Error> {
    let mut warnings = Vec::new();
    let workers: i64 = client.query_one(WORKERS, &[]).await.map_err(refused)?.get(0);
    if workers == 0 {
        warnings.push(Warning {
            node: "coordinator".to_owned(),
            about: "workers",
            found: "0".to_owned(),
            wanted: "at least one, added before the tables are spread",
            why: "all shards lie on this one machine",
        });
    }
    for (node, found) in settings(client).await? {
        for demand in &DEMANDS {
            // A setting that the machine does not have asks for nothing.
            let Some(found) = found.get(demand.setting) else { continue };
            if !(demand.good)(found) {
                let Demand { setting, wanted, why, .. } = *demand;
                warnings.push(Warning {
                    node: node.clone(),
                    about: setting,
                    found: found.clone(),
                    wanted,
                    why,
                });
            }
        }
        let number = |name: &str| found.get(name).and_then(|text| text.parse::<u64>().ok());
        if let (Some(prepared), Some(connections)) = (number(PREPARED), number(CONNECTIONS))
            && prepared < connections
        {
            warnings.push(Warning {
                node: node.clone(),
                about: PREPARED,
                found: prepared.to_string(),
                wanted: "at least max_connections",
                why: "a deed that writes on two machines is refused when there is no room to prepare its commit",
            });
        }
    }
    Ok(warnings)
}

/// The settings of each machine that can be asked, by its name.
async fn settings(client: &Client) -> Result<BTreeMap<String, BTreeMap<String, String>>, Error> {
    let mut nodes: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let rows = client.query(SETTINGS, &[&names()]).await.map_err(refused)?;
    let here = nodes.entry("coordinator".to_owned()).or_default();
    for row in rows {
        here.insert(row.try_get(0).map_err(refused)?, row.try_get(1).map_err(refused)?);
    }
    let shown = DEMANDS.iter().map(|demand| (demand.setting, demand.asked));
    let sizes = [(PREPARED, "show max_prepared_transactions"), (CONNECTIONS, "show max_connections")];
    for (setting, asked) in shown.chain(sizes) {
        for row in client.query(WORKERS_SETTING, &[&asked]).await.map_err(refused)? {
            let (host, port): (String, i32) =
                (row.try_get(0).map_err(refused)?, row.try_get(1).map_err(refused)?);
            let node = nodes.entry(format!("{host}:{port}")).or_default();
            if row.try_get(2).map_err(refused)? {
                node.insert(setting.to_owned(), row.try_get(3).map_err(refused)?);
            }
        }
    }
    Ok(nodes)
}

fn names() -> Vec<&'static str> {
    DEMANDS.iter().map(|demand| demand.setting).chain([PREPARED, CONNECTIONS]).collect()
}

fn refused(error: tokio_postgres::Error) -> Error {
    dialect::postgres(&error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(column: &str, group: i32) -> Lies {
        Lies { copied: false, column: Some(column.to_owned()), group }
    }

    #[test]
    fn a_statement_names_the_table_the_column_and_its_leader() {
        let with = Manner::With { column: "subject".into(), leader: "vault".into() };
        assert_eq!(
            statement("history", &with, 32),
            "select create_distributed_table('history', 'subject', colocate_with => 'vault')"
        );
        let alone = Manner::By { column: "digest".into() };
        assert_eq!(
            statement("blind_index", &alone, 8),
            "select create_distributed_table('blind_index', 'digest', shard_count => 8, colocate_with => 'none')"
        );
    }

    #[test]
    fn what_is_spread_already_is_left_alone_and_what_lies_otherwise_is_refused() {
        let spreads = spreads().unwrap();
        let mut lies: BTreeMap<String, Lies> = BTreeMap::new();
        let all = plan(&spreads, &lies, 32).unwrap();
        assert_eq!((all.0.len(), all.1.len()), (spreads.len(), 0));
        lies.insert("vault".into(), by("subject", 7));
        lies.insert("history".into(), by("subject", 7));
        let rest = plan(&spreads, &lies, 32).unwrap();
        assert_eq!(rest.0.len(), spreads.len() - 2);
        assert_eq!(rest.1, ["vault", "history"]);
        for (table, wrong) in [
            ("history", by("subject", 8)),
            ("vault", by("compartment", 7)),
            ("settings", by("name", 9)),
            ("blind_index", Lies { copied: true, column: None, group: 1 }),
            ("leaves", Lies { copied: false, column: None, group: 1 }),
        ] {
            let mut lies = lies.clone();
            lies.insert(table.into(), wrong);
            let refused = plan(&spreads, &lies, 32);
            assert!(matches!(&refused, Err(Error::SpreadOtherwise { table: named, .. }) if named == table));
        }
    }
}
