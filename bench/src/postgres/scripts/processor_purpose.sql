\set purpose permute(random_zipfian(1, 100, 1.02) - 1, 100) + 1
-- plain
select key, data from records where purpose = :purpose limit 100;
-- audit
with log as (
  insert into audit (actor, action, purpose) values ('processor', 'read by purpose', :purpose)
)
select key, data from records where purpose = :purpose limit 100;
-- pgcrypto
with log as (
  insert into audit (actor, action, purpose) values ('processor', 'read by purpose', :purpose)
)
select key, pgp_sym_decrypt(data, :key) as data from records where purpose = :purpose limit 100;
