\set record permute(random_zipfian(1, :records, 1.02) - 1, :records) + 1
\set number random(1, 1000000000)
-- plain
update records set data = 'changed to ' || :number where key = :record returning key \gset record_
-- audit
with log as (
  insert into audit (actor, action, record) values ('customer', 'update data', :record)
)
update records set data = 'changed to ' || :number where key = :record returning key \gset record_
-- pgcrypto
with log as (
  insert into audit (actor, action, record) values ('customer', 'update data', :record)
)
update records set data = pgp_sym_encrypt('changed to ' || :number, :key, 'cipher-algo=aes256, s2k-mode=1')
where key = :record returning key \gset record_
