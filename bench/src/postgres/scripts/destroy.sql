-- plain
delete from persons where id = (select nextval('leaving')) returning id \gset
-- audit
with gone as (
  delete from persons where id = (select nextval('leaving')) returning id
), log as (
  insert into audit (actor, action, person) select 'shop', 'destroy', id from gone
)
select id from gone \gset
-- pgcrypto
with gone as (
  delete from persons where id = (select nextval('leaving')) returning id
), log as (
  insert into audit (actor, action, person) select 'shop', 'destroy', id from gone
)
select id from gone \gset
