//! Of which pgbench scripts does each workload consist, how often does each run, and what must have changed afterwards?
//!
//! A script of one operation stands in one file, in three versions: `-- plain`, `-- audit`, `-- pgcrypto`. What comes before
//! the first of these lines draws the parameters and belongs to all. An operation is one statement and so one transaction
//! and one round trip; where exactly one row has to answer, `\gset` makes pgbench fail when it is another number.

use anyhow::{Context, Result, ensure};

/// One workload as pgbench runs it.
#[derive(Debug)]
pub struct Workload {
    /// The name that all systems share.
    pub name: &'static str,
    /// What runs, chosen by weight.
    pub scripts: &'static [Script],
    /// What has to lie ready before a round.
    pub stock: Stock,
    /// Whether it changes nothing but the audit.
    pub reads: bool,
}

/// One operation.
#[derive(Debug)]
pub struct Script {
    text: &'static str,
    /// How often it runs in comparison to the others of its workload.
    pub weight: u32,
    /// What it changes, each time it runs.
    pub effect: Tally,
}

/// What a round uses up or wears down, and what therefore is renewed before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stock {
    /// Nothing.
    Nothing,
    /// People who have not withdrawn yet.
    Withdrawing,
    /// People who may leave.
    Leaving,
    /// Records that may be deleted one by one.
    Dropping,
    /// All records as they were seeded.
    Records,
}

/// What is counted before and after a round; the order is that of `schema/tally.sql`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// People held.
    pub people: i64,
    /// Consents that have not ended.
    pub consents: i64,
    /// Records created since the beginning.
    pub created: i64,
    /// Records that wait for being deleted.
    pub waiting: i64,
    /// Rows of the audit.
    pub audit: i64,
}

const NONE: Tally = Tally { people: 0, consents: 0, created: 0, waiting: 0, audit: 0 };

impl Tally {
    /// Reads one line as psql writes it without alignment.
    pub fn parse(line: &str) -> Result<Self> {
        let figures: Vec<i64> = line
            .trim()
            .split('|')
            .map(|figure| figure.parse().with_context(|| format!("`{figure}` is no count")))
            .collect::<Result<_>>()?;
        let [people, consents, created, waiting, audit] = *figures.as_slice() else {
            anyhow::bail!("a tally has five figures");
        };
        Ok(Self { people, consents, created, waiting, audit })
    }

    /// This, and so many times the other.
    pub fn plus(self, effect: Self, times: i64) -> Self {
        let sum = |one: i64, other: i64| one.saturating_add(other.saturating_mul(times));
        Self {
            people: sum(self.people, effect.people),
            consents: sum(self.consents, effect.consents),
            created: sum(self.created, effect.created),
            waiting: sum(self.waiting, effect.waiting),
            audit: sum(self.audit, effect.audit),
        }
    }
}

impl Workload {
    /// The workload of this name.
    pub fn named(name: &str) -> Result<&'static Self> {
        WORKLOADS
            .iter()
            .find(|workload| workload.name == name)
            .with_context(|| format!("PostgreSQL knows no workload `{name}`"))
    }

    /// Which part of the operations takes something from the stock.
    pub fn share(&self) -> f64 {
        let all: u32 = self.scripts.iter().map(|script| script.weight).sum();
        let taking: u32 =
            self.scripts.iter().filter(|script| script.effect != NONE).map(|script| script.weight).sum();
        f64::from(taking) / f64::from(all.max(1))
    }
}

impl Script {
    /// What pgbench runs in a schema: the parameters, then the version of this schema.
    pub fn version(&self, schema: &str) -> Result<String> {
        let mut version = String::new();
        let mut part = None;
        let mut found = false;
        for line in self.text.lines() {
            if let Some(name) = line.strip_prefix("-- ") {
                part = Some(name);
                found |= name == schema;
                continue;
            }
            if part.is_none_or(|name| name == schema) {
                version.push_str(line);
                version.push('\n');
            }
        }
        ensure!(found, "a script has no version `{schema}`");
        Ok(version)
    }
}

macro_rules! script {
    ($file:literal, $weight:literal, $effect:expr) => {
        Script { text: include_str!(concat!("scripts/", $file, ".sql")), weight: $weight, effect: $effect }
    };
}

/// The single operations, and the four roles of GDPRbench (Shastri et al., VLDB 2020) with the shares of its table 2a.
/// Customers, processors and regulators ask by a Zipf distribution, controllers evenly.
pub const WORKLOADS: [Workload; 11] = [
    Workload {
        name: "retrieve",
        scripts: &[script!("retrieve", 1, NONE)],
        stock: Stock::Nothing,
        reads: true,
    },
    Workload {
        name: "collect",
        scripts: &[script!("collect", 1, Tally { people: 1, consents: 2, ..NONE })],
        stock: Stock::Nothing,
        reads: false,
    },
    Workload {
        name: "rectify",
        scripts: &[script!("rectify", 1, NONE)],
        stock: Stock::Nothing,
        reads: false,
    },
    Workload {
        name: "withdraw",
        scripts: &[script!("withdraw", 1, Tally { consents: -1, ..NONE })],
        stock: Stock::Withdrawing,
        reads: false,
    },
    Workload { name: "decide", scripts: &[script!("decide", 1, NONE)], stock: Stock::Nothing, reads: true },
    Workload { name: "report", scripts: &[script!("report", 1, NONE)], stock: Stock::Nothing, reads: true },
    Workload {
        name: "destroy",
        scripts: &[script!("destroy", 1, Tally { people: -1, consents: -2, ..NONE })],
        stock: Stock::Leaving,
        reads: false,
    },
    Workload {
        name: "role:customer",
        scripts: &[
            script!("customer_read", 20, NONE),
            script!("customer_read_metadata", 20, NONE),
            script!("customer_update", 20, NONE),
            script!("customer_update_metadata", 20, NONE),
            script!("customer_delete", 20, Tally { waiting: -1, ..NONE }),
        ],
        stock: Stock::Dropping,
        reads: false,
    },
    Workload {
        name: "role:processor",
        scripts: &[
            script!("processor_key", 80, NONE),
            script!("processor_purpose", 10, NONE),
            script!("processor_objection", 10, NONE),
        ],
        stock: Stock::Nothing,
        reads: true,
    },
    Workload {
        name: "role:regulator",
        scripts: &[
            script!("regulator_metadata", 46, NONE),
            script!("regulator_log", 31, NONE),
            script!("regulator_deletion", 23, NONE),
        ],
        stock: Stock::Nothing,
        reads: true,
    },
    Workload {
        name: "role:controller",
        scripts: &[
            script!("controller_create", 6, Tally { created: 1, ..NONE }),
            script!("controller_delete_purpose", 2, NONE),
            script!("controller_delete_expiry", 2, NONE),
            script!("controller_delete_person", 2, NONE),
            script!("controller_update_purpose", 6, NONE),
            script!("controller_update_person", 6, NONE),
        ],
        stock: Stock::Records,
        reads: false,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn every_script() -> impl Iterator<Item = &'static Script> {
        WORKLOADS.iter().flat_map(|workload| workload.scripts)
    }

    #[test]
    fn every_operation_has_its_three_versions_and_only_plain_keeps_no_audit() {
        for script in every_script() {
            assert!(!script.version("plain").unwrap().contains("insert into audit"), "{}", script.text);
            for schema in ["audit", "pgcrypto"] {
                let version = script.version(schema).unwrap();
                assert_eq!(version.matches("insert into audit").count(), 1, "{version}");
            }
        }
    }

    #[test]
    fn every_operation_is_one_statement_and_so_one_transaction() {
        for script in every_script() {
            for schema in ["plain", "audit", "pgcrypto"] {
                let version = script.version(schema).unwrap();
                let ends = version.matches(';').count() + version.matches("\\gset").count();
                assert_eq!(ends, 1, "{version}");
            }
        }
    }

    #[test]
    fn what_reads_changes_nothing_but_the_audit() {
        for workload in WORKLOADS.iter().filter(|workload| workload.reads) {
            for version in workload.scripts.iter().map(|script| script.version("plain").unwrap()) {
                let changes = ["insert into", "update ", "delete from"].map(|word| version.contains(word));
                assert_eq!(changes, [false; 3], "{}: {version}", workload.name);
            }
        }
    }

    #[test]
    fn parameters_belong_to_all_versions() {
        let script = Script { text: "\\set a 1\n-- plain\nx;\n-- audit\ny;\n", weight: 1, effect: NONE };
        assert_eq!(script.version("plain").unwrap(), "\\set a 1\nx;\n");
        assert_eq!(script.version("audit").unwrap(), "\\set a 1\ny;\n");
        assert!(script.version("pgcrypto").is_err());
    }

    #[test]
    fn the_roles_have_the_shares_of_the_paper() {
        let shares = |name: &str| -> Vec<u32> {
            Workload::named(name).unwrap().scripts.iter().map(|script| script.weight).collect()
        };
        assert_eq!(shares("role:customer"), [20, 20, 20, 20, 20]);
        assert_eq!(shares("role:processor"), [80, 10, 10]);
        assert_eq!(shares("role:regulator"), [46, 31, 23]);
        let controller = shares("role:controller");
        let all: u32 = controller.iter().sum();
        assert_eq!((controller[0] * 4, controller[1..4].iter().sum::<u32>() * 4), (all, all));
        assert_eq!(controller[4..].iter().sum::<u32>() * 2, all);
    }

    #[test]
    fn a_tally_grows_by_what_each_operation_changes() {
        let before = Tally::parse("10|20|0|5|7\n").unwrap();
        let collected = Workload::named("collect").unwrap().scripts[0].effect;
        assert_eq!(before.plus(collected, 3), Tally { people: 13, consents: 26, ..before });
        assert!(Tally::parse("10|20").is_err());
        assert!(Workload::named("juggle").is_err());
    }
}
