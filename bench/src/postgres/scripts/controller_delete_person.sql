\set subject random(1, :owners)
-- plain
delete from records where person = :subject;
-- audit
with gone as (
  delete from records where person = :subject returning key
)
insert into audit (actor, action, person, rows) select 'controller', 'delete by person', :subject, count(*) from gone;
-- pgcrypto
with gone as (
  delete from records where person = :subject returning key
)
insert into audit (actor, action, person, rows) select 'controller', 'delete by person', :subject, count(*) from gone;
