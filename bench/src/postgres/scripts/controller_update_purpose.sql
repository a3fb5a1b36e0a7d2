\set purpose random(1, 100)
\set partner random(1, 20)
-- plain
update records set shared_with = 'partner ' || :partner where purpose = :purpose;
-- audit
with log as (
  insert into audit (actor, action, purpose) values ('controller', 'update by purpose', :purpose)
)
update records set shared_with = 'partner ' || :partner where purpose = :purpose;
-- pgcrypto
with log as (
  insert into audit (actor, action, purpose) values ('controller', 'update by purpose', :purpose)
)
update records set shared_with = 'partner ' || :partner where purpose = :purpose;
