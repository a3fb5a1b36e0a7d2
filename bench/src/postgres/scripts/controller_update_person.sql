\set subject random(1, :owners)
\set partner random(1, 20)
-- plain
update records set shared_with = 'partner ' || :partner where person = :subject;
-- audit
with log as (
  insert into audit (actor, action, person) values ('controller', 'update by person', :subject)
)
update records set shared_with = 'partner ' || :partner where person = :subject;
-- pgcrypto
with log as (
  insert into audit (actor, action, person) values ('controller', 'update by person', :subject)
)
update records set shared_with = 'partner ' || :partner where person = :subject;
