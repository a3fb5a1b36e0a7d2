//! By which column is each table spread over the machines of a cluster, and whose shards does it share?
//!
//! The register of columns says it for each table, beside what else it says of it. PostgreSQL alone and SQLite have nothing to
//! spread: there this only tells which column every statement about a person names.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::COLUMNS;
use crate::error::Error;

/// The word of the register for a table of which each machine has a copy.
const REFERENCE: &str = "reference";

/// How the rows of one table lie on the machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// The table.
    pub table: String,
    /// Where its rows go.
    pub manner: Manner,
}

/// Where the rows of a table go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Manner {
    /// Each machine has all of them.
    Copied,
    /// By the hash of a column, into shards of its own.
    By {
        /// The column.
        column: String,
    },
    /// By the hash of a column, into the shards of another table, so that the rows of one key lie together.
    With {
        /// The column.
        column: String,
        /// The table whose shards it shares.
        leader: String,
    },
}

impl Manner {
    /// The column that decides, if there is one.
    pub fn column(&self) -> Option<&str> {
        match self {
            Self::Copied => None,
            Self::By { column } | Self::With { column, .. } => Some(column),
        }
    }
}

#[derive(Deserialize)]
struct Table {
    distribution: String,
    with: Option<String>,
    columns: BTreeMap<String, serde::de::IgnoredAny>,
}

/// Every table with its distribution, in the order in which they can be made: copies, then the tables that have shards, then
/// those that share them.
pub fn spreads() -> Result<Vec<Spread>, Error> {
    read(COLUMNS)
}

fn read(register: &str) -> Result<Vec<Spread>, Error> {
    let tables: BTreeMap<String, Table> =
        toml::from_str(register).map_err(|error| Error::Register(error.message().to_owned()))?;
    let mut spreads = Vec::with_capacity(tables.len());
    for (name, table) in &tables {
        let wrong = |why: &str| Err(Error::Register(format!("`{name}` {why}")));
        let column = table.distribution.clone();
        let manner = match &table.with {
            None if column == REFERENCE => Manner::Copied,
            Some(_) if column == REFERENCE => return wrong("is copied and shares shards"),
            None => Manner::By { column },
            Some(leader) => {
                let same = |of: &Table| of.with.is_none() && of.distribution == column;
                if !tables.get(leader).is_some_and(same) {
                    return wrong("shares the shards of a table that has none by this column");
                }
                Manner::With { column, leader: leader.clone() }
            }
        };
        if manner.column().is_some_and(|column| !table.columns.contains_key(column)) {
            return wrong("is spread by a column that it has not");
        }
        spreads.push(Spread { table: name.clone(), manner });
    }
    spreads.sort_by_key(|spread| match spread.manner {
        Manner::Copied => 0,
        Manner::By { .. } => 1,
        Manner::With { .. } => 2,
    });
    Ok(spreads)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_of_the_register_is_spread_and_the_leaders_come_first() {
        let spreads = spreads().unwrap();
        let place = |name: &str| spreads.iter().position(|spread| spread.table == name).unwrap();
        assert!(place("settings") < place("vault"));
        for spread in &spreads {
            if let Manner::With { leader, .. } = &spread.manner {
                assert!(place(leader) < place(&spread.table), "{}", spread.table);
            }
        }
    }

    #[test]
    fn a_distribution_that_cannot_be_made_is_refused() {
        let table = |said: &str| {
            read(&format!("[a]\n{said}\n[a.columns]\nx = 1\n[b]\ndistribution = 'y'\n[b.columns]\ny = 1\n"))
        };
        assert!(table("distribution = 'x'").is_ok());
        assert!(table("distribution = 'reference'").is_ok());
        for wrong in [
            "",
            "distribution = 'z'",
            "distribution = 'x'\nwith = 'b'",
            "distribution = 'x'\nwith = 'c'",
            "distribution = 'x'\nwith = 'a'",
            "distribution = 'reference'\nwith = 'b'",
        ] {
            assert!(matches!(table(wrong), Err(Error::Register(_))), "{wrong}");
        }
    }
}
