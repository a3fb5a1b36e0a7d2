-- The data place, version 1.
--
-- One text for SQLite and PostgreSQL. BYTES and bigint are spelt per dialect, {TABLE} and {CLUSTERED} end a table
-- (see db/dialect.rs). Times are microseconds UTC, ids 16 bytes. Every table of personal data begins its primary key
-- with its distribution column `subject`: the pseudonym of one person in one compartment.

-- The rows are too large to lie in an index: SQLite would give each a page beside it.
-- One row per subject and compartment: what the gate needs to know, and the sealed values in its order. A version below
-- zero says that the person was erased: nobody is here, and the row is noise that waits for the sweep.
create table vault (
  subject BYTES not null,
  compartment text not null,
  version bigint not null,
  due_at bigint,
  standing BYTES not null,
  body BYTES not null,
  primary key (subject)
) {TABLE};
create index vault_by_compartment on vault (compartment, subject);
create index vault_due on vault (due_at, subject);

-- The append-only events whose fold the standing is: those of one deed together, under the version that the standing had after it.
create table history (
  subject BYTES not null,
  version bigint not null,
  event BYTES not null,
  primary key (subject, version)
) {CLUSTERED};

-- Which digests of the blind index belong to a subject, so that they can be found and removed with it.
create table subject_digests (
  subject BYTES not null,
  attribute text not null,
  digest BYTES not null,
  primary key (subject, attribute, digest)
) {CLUSTERED};

-- From a digest, keyed per compartment and attribute, to the subject. Distributed by digest.
create table blind_index (
  digest BYTES not null,
  subject BYTES not null,
  primary key (digest)
) {CLUSTERED};

-- The key of each document lies sealed under the data key of the subject.
create table documents (
  subject BYTES not null,
  id BYTES not null,
  key BYTES not null,
  header BYTES not null,
  primary key (subject, id)
) {CLUSTERED};

create table document_chunks (
  subject BYTES not null,
  id BYTES not null,
  seq bigint not null,
  sealed BYTES not null,
  primary key (subject, id, seq)
) {TABLE};

-- Which leaves speak of whom, under a tag that only the subject's key can make.
create table trail (
  trail BYTES not null,
  log_id bigint not null,
  idx bigint not null,
  primary key (trail, log_id, idx)
) {CLUSTERED};

-- What is left of the erased and is still to be swept: whose rows, and under which trail their leaves were filed. The trail is
-- empty where the key that makes it was gone before.
create table remains (
  subject BYTES not null,
  trail BYTES not null,
  primary key (subject)
) {CLUSTERED};

-- Distributed by log: each process owns the log it writes.
create table leaves (
  log_id bigint not null,
  idx bigint not null,
  leaf BYTES not null,
  primary key (log_id, idx)
) {CLUSTERED};

create table tiles (
  log_id bigint not null,
  level bigint not null,
  idx bigint not null,
  hashes BYTES not null,
  primary key (log_id, level, idx)
) {TABLE};

create table checkpoints (
  log_id bigint not null,
  size bigint not null,
  note text not null,
  primary key (log_id, size)
) {TABLE};

-- Which process writes which log. The lease runs from claimed_at and is renewed by every commit.
create table logs (
  log_id bigint not null,
  holder BYTES not null,
  claimed_at bigint not null,
  primary key (log_id)
) {TABLE};

-- Each version names the one published before it, so that of two processes that publish at once only one finds its place.
create table policies (
  version bigint not null,
  follows bigint not null,
  digest BYTES not null,
  effective_from bigint not null,
  published_at bigint not null,
  body BYTES not null,
  log_id bigint not null,
  idx bigint not null,
  cancelled BYTES,
  primary key (version)
) {TABLE};
create unique index policies_follow on policies (follows);

-- What may become a version; it decides nothing.
create table policy_drafts (
  version bigint not null,
  digest BYTES not null,
  kept_at bigint not null,
  body BYTES not null,
  primary key (version)
) {TABLE};

-- How many decisions each clause made in each log, up to the position kept beside it.
create table clause_figures (
  log_id bigint not null,
  clause text not null,
  permitted bigint not null,
  refused bigint not null,
  last_at bigint not null,
  primary key (log_id, clause)
) {TABLE};

create table clause_positions (
  log_id bigint not null,
  position bigint not null,
  primary key (log_id)
) {TABLE};

create table stops (
  purpose text not null,
  since bigint not null,
  reason text not null,
  primary key (purpose)
) {TABLE};

create table api_keys (
  digest BYTES not null,
  id BYTES not null,
  label text not null,
  scope BYTES not null,
  created_at bigint not null,
  revoked_at bigint,
  primary key (digest)
) {CLUSTERED};

-- What was already answered, so that a repeated call is not done twice.
create table idempotency (
  digest BYTES not null,
  body_digest BYTES not null,
  outcome BYTES not null,
  log_id bigint not null,
  idx bigint not null,
  kept_until bigint not null,
  primary key (digest)
) {CLUSTERED};
create index idempotency_kept on idempotency (kept_until, digest);

-- The journal of destruction: how far each one has come, so that it goes on after a crash.
create table destructions (
  subject BYTES not null,
  key BYTES not null,
  state bigint not null,
  log_id bigint not null,
  idx bigint not null,
  erased_at bigint not null,
  epoch bigint not null,
  key_destroyed_at bigint,
  completed_at bigint,
  primary key (subject, key)
) {CLUSTERED};
create index destructions_open on destructions (state, subject, key);
create index destructions_by_leaf on destructions (log_id, idx);

create table jobs (
  queue bigint not null,
  id BYTES not null,
  run_at bigint not null,
  locked_until bigint,
  body BYTES not null,
  primary key (queue, id)
) {CLUSTERED};
create index jobs_due on jobs (queue, run_at, id);

create table settings (
  name text not null,
  value BYTES not null,
  primary key (name)
) {CLUSTERED};
