\set subject permute(random_zipfian(1, :owners, 1.02) - 1, :owners) + 1
-- plain
select at, actor, action, purpose, record from audit where person = :subject order by id desc limit 100;
-- audit
with log as (
  insert into audit (actor, action, person) values ('regulator', 'read log', :subject)
)
select at, actor, action, purpose, record from audit where person = :subject order by id desc limit 100;
-- pgcrypto
with log as (
  insert into audit (actor, action, person) values ('regulator', 'read log', :subject)
)
select at, actor, action, purpose, record from audit where person = :subject order by id desc limit 100;
