\set record permute(random_zipfian(1, :records, 1.02) - 1, :records) + 1
\set purpose random(1, 100)
-- plain
update records set objection = :purpose where key = :record returning key \gset record_
-- audit
with log as (
  insert into audit (actor, action, record, purpose) values ('customer', 'object', :record, :purpose)
)
update records set objection = :purpose where key = :record returning key \gset record_
-- pgcrypto
with log as (
  insert into audit (actor, action, record, purpose) values ('customer', 'object', :record, :purpose)
)
update records set objection = :purpose where key = :record returning key \gset record_
