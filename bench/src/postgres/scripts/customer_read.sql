\set subject permute(random_zipfian(1, :owners, 1.02) - 1, :owners) + 1
-- plain
select key, data from records where person = :subject;
-- audit
with log as (
  insert into audit (actor, action, person) values ('customer', 'read own', :subject)
)
select key, data from records where person = :subject;
-- pgcrypto
with log as (
  insert into audit (actor, action, person) values ('customer', 'read own', :subject)
)
select key, pgp_sym_decrypt(data, :key) as data from records where person = :subject;
