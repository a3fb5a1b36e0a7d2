\set purpose random(1, 100)
-- plain
delete from records where purpose = :purpose;
-- audit
with gone as (
  delete from records where purpose = :purpose returning key
)
insert into audit (actor, action, purpose, rows) select 'controller', 'delete by purpose', :purpose, count(*) from gone;
-- pgcrypto
with gone as (
  delete from records where purpose = :purpose returning key
)
insert into audit (actor, action, purpose, rows) select 'controller', 'delete by purpose', :purpose, count(*) from gone;
