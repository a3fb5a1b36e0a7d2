\set subject permute(random_zipfian(1, 2 * :owners, 1.02) - 1, 2 * :owners) + 1
-- plain
select
  not exists (select from persons where id = :subject) and not exists (select from records where person = :subject)
  as gone \gset
-- audit
with log as (
  insert into audit (actor, action, person) values ('regulator', 'verify deletion', :subject)
)
select
  not exists (select from persons where id = :subject) and not exists (select from records where person = :subject)
  as gone \gset
-- pgcrypto
with log as (
  insert into audit (actor, action, person) values ('regulator', 'verify deletion', :subject)
)
select
  not exists (select from persons where id = :subject) and not exists (select from records where person = :subject)
  as gone \gset
