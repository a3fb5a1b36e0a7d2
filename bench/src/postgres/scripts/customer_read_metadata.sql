\set record permute(random_zipfian(1, :records, 1.02) - 1, :records) + 1
-- plain
select key, purpose, expires_on, objection, shared_with, origin, category, decided
from records where key = :record \gset record_
-- audit
with log as (
  insert into audit (actor, action, record) values ('customer', 'read metadata', :record)
)
select key, purpose, expires_on, objection, shared_with, origin, category, decided
from records where key = :record \gset record_
-- pgcrypto
with log as (
  insert into audit (actor, action, record) values ('customer', 'read metadata', :record)
)
select key, purpose, expires_on, objection, shared_with, origin, category, decided
from records where key = :record \gset record_
