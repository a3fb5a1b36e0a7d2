-- plain
delete from records where key = (select nextval('dropping')) returning key \gset record_
-- audit
with gone as (
  delete from records where key = (select nextval('dropping')) returning key, person
), log as (
  insert into audit (actor, action, person, record) select 'customer', 'delete', person, key from gone
)
select key from gone \gset record_
-- pgcrypto
with gone as (
  delete from records where key = (select nextval('dropping')) returning key, person
), log as (
  insert into audit (actor, action, person, record) select 'customer', 'delete', person, key from gone
)
select key from gone \gset record_
