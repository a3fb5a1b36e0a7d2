\set record permute(random_zipfian(1, :records, 1.02) - 1, :records) + 1
-- plain
select data from records where key = :record \gset record_
-- audit
with log as (
  insert into audit (actor, action, record) values ('processor', 'read by key', :record)
)
select data from records where key = :record \gset record_
-- pgcrypto
with log as (
  insert into audit (actor, action, record) values ('processor', 'read by key', :record)
)
select pgp_sym_decrypt(data, :key) as data from records where key = :record \gset record_
