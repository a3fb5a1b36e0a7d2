\set day random(0, 999)
-- plain
delete from records where expires_on = date '2030-01-01' + cast(:day as integer);
-- audit
with gone as (
  delete from records where expires_on = date '2030-01-01' + cast(:day as integer) returning key
)
insert into audit (actor, action, rows) select 'controller', 'delete by expiry', count(*) from gone;
-- pgcrypto
with gone as (
  delete from records where expires_on = date '2030-01-01' + cast(:day as integer) returning key
)
insert into audit (actor, action, rows) select 'controller', 'delete by expiry', count(*) from gone;
