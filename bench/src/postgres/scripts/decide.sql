\set subject random(1, :people)
\set purpose 1
-- plain
select c.ended_at is null and u.ended_at is null as allowed
from persons p
join consents c on c.person = p.id and c.purpose = :purpose
join purposes u on u.id = c.purpose
where p.email = 'person' || :subject || '@shop.example' \gset
-- audit
with decided as materialized (
  select p.id, c.purpose, c.ended_at is null and u.ended_at is null as allowed
  from persons p
  join consents c on c.person = p.id and c.purpose = :purpose
  join purposes u on u.id = c.purpose
  where p.email = 'person' || :subject || '@shop.example'
), log as (
  insert into audit (actor, action, person, purpose) select 'shop', 'decide', id, purpose from decided
)
select allowed from decided \gset
-- pgcrypto
with decided as materialized (
  select p.id, c.purpose, c.ended_at is null and u.ended_at is null as allowed
  from persons p
  join consents c on c.person = p.id and c.purpose = :purpose
  join purposes u on u.id = c.purpose
  where p.email_digest = hmac('person' || :subject || '@shop.example', :digest_key, 'sha256')
), log as (
  insert into audit (actor, action, person, purpose) select 'shop', 'decide', id, purpose from decided
)
select allowed from decided \gset
