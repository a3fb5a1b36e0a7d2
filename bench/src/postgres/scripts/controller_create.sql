\set subject random(1, :owners)
\set purpose random(1, 100)
\set day random(0, 999)
-- plain
insert into records (person, data, purpose, expires_on, shared_with, origin, category)
values (
  :subject, repeat(md5('new' || :subject), 3), :purpose, date '2030-01-01' + cast(:day as integer),
  'partner 1', 'form 1', 'category 1'
)
returning key \gset record_
-- audit
with log as (
  insert into audit (actor, action, person, purpose) values ('controller', 'create', :subject, :purpose)
)
insert into records (person, data, purpose, expires_on, shared_with, origin, category)
values (
  :subject, repeat(md5('new' || :subject), 3), :purpose, date '2030-01-01' + cast(:day as integer),
  'partner 1', 'form 1', 'category 1'
)
returning key \gset record_
-- pgcrypto
with log as (
  insert into audit (actor, action, person, purpose) values ('controller', 'create', :subject, :purpose)
)
insert into records (person, data, purpose, expires_on, shared_with, origin, category)
values (
  :subject, pgp_sym_encrypt(repeat(md5('new' || :subject), 3), :key, 'cipher-algo=aes256, s2k-mode=1'),
  :purpose, date '2030-01-01' + cast(:day as integer), 'partner 1', 'form 1', 'category 1'
)
returning key \gset record_
