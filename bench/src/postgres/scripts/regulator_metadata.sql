\set subject permute(random_zipfian(1, :owners, 1.02) - 1, :owners) + 1
-- plain
select key, purpose, expires_on, objection, shared_with, origin, category, decided
from records where person = :subject;
-- audit
with log as (
  insert into audit (actor, action, person) values ('regulator', 'read metadata', :subject)
)
select key, purpose, expires_on, objection, shared_with, origin, category, decided
from records where person = :subject;
-- pgcrypto
with log as (
  insert into audit (actor, action, person) values ('regulator', 'read metadata', :subject)
)
select key, purpose, expires_on, objection, shared_with, origin, category, decided
from records where person = :subject;
