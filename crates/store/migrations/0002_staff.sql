-- The data place, version 2: the accounts of staff, their sessions, and the one-time links that make or mend an account.

-- The row is found by a keyed digest of the name that somebody signs in with. What is known of them lies sealed in the body.
create table staff (
  sign_in BYTES not null,
  id BYTES not null,
  version bigint not null,
  totp_step bigint not null,
  body BYTES not null,
  created_at bigint not null,
  ended_at bigint,
  primary key (sign_in)
) {CLUSTERED};

create table staff_sessions (
  digest BYTES not null,
  staff BYTES not null,
  created_at bigint not null,
  seen_at bigint not null,
  ends_at bigint not null,
  primary key (digest)
) {CLUSTERED};
create index staff_sessions_of on staff_sessions (staff, digest);
create index staff_sessions_over on staff_sessions (ends_at, digest);

create table staff_links (
  digest BYTES not null,
  body BYTES not null,
  ends_at bigint not null,
  used_at bigint,
  primary key (digest)
) {CLUSTERED};
create index staff_links_over on staff_links (ends_at, digest);
