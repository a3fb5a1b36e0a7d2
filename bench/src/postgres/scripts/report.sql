\set subject random(1, :long)
-- plain
select no, kind, value from entries where person = :subject order by no;
-- audit
with log as (
  insert into audit (actor, action, person) values ('shop', 'report', :subject)
)
select no, kind, value from entries where person = :subject order by no;
-- pgcrypto
with log as (
  insert into audit (actor, action, person) values ('shop', 'report', :subject)
)
select no, kind, pgp_sym_decrypt(value, :key) as value from entries where person = :subject order by no;
