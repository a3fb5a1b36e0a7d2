-- The keys place, version 1. Embedded it is a file of its own, apart from the data and from its backups.

-- The wrapped data key of one subject in one compartment. There are two only while a destruction that leaves something behind
-- is under way: the old one goes when what stays is sealed anew.
create table subject_keys (
  subject BYTES not null,
  key BYTES not null,
  compartment text not null,
  epoch bigint not null,
  wrapped BYTES not null,
  primary key (subject, key)
) {CLUSTERED};
create index subject_keys_by_epoch on subject_keys (epoch, subject, key);

-- The register of destroyed subjects, against which a restored data file is replayed before it serves.
create table destroyed (
  subject BYTES not null,
  at bigint not null,
  primary key (subject)
) {CLUSTERED};

create table key_settings (
  name text not null,
  value BYTES not null,
  primary key (name)
) {CLUSTERED};
