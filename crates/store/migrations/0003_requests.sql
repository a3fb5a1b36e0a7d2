-- The data place, version 3: what people and authorities asked for, the papers they got, and the letters on their way.
--
-- A request has a case. `subject` is the id of the case, under which the case's own key lies in the keys place, as that of a person
-- does. What was asked, by whom, and all that happened since lies sealed in the body.

create table requests (
  subject BYTES not null,
  number bigint not null,
  version bigint not null,
  answered bigint not null,
  due_at bigint,
  watch_at bigint,
  body BYTES not null,
  primary key (subject)
) {TABLE};
create index requests_watched on requests (watch_at, subject);
create index requests_listed on requests (answered, number, subject);

-- Numbers 1, 2, 3, … A number stays when its case is gone, so that no gap hides one.
create table request_numbers (
  number bigint not null,
  subject BYTES not null,
  primary key (number)
) {CLUSTERED};

-- By which keyed digests a case is found: of secrets and links that were given away, and of the persons it is about.
create table request_digests (
  digest BYTES not null,
  subject BYTES not null,
  primary key (digest, subject)
) {CLUSTERED};

-- The sheets of papers that were issued in a case, and where each stands in the ledger.
create table request_papers (
  subject BYTES not null,
  number bigint not null,
  sheet BYTES not null,
  log_id bigint not null,
  idx bigint not null,
  primary key (subject, number)
) {TABLE};

create table paper_numbers (
  number bigint not null,
  subject BYTES not null,
  primary key (number)
) {CLUSTERED};

-- Copies and packs that were made ready, until they are over.
create table request_files (
  subject BYTES not null,
  name text not null,
  ends_at bigint not null,
  content BYTES not null,
  primary key (subject, name)
) {TABLE};

-- Letters that have to go out.
create table letters (
  subject BYTES not null,
  id BYTES not null,
  send_at bigint not null,
  tries bigint not null,
  body BYTES not null,
  primary key (subject, id)
) {TABLE};
create index letters_due on letters (send_at, subject, id);
