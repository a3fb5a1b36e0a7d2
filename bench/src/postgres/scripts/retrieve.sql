\set subject random(1, :people)
\set purpose 2
-- plain
select p.name, p.phone, p.city
from persons p
join consents c on c.person = p.id and c.purpose = :purpose and c.ended_at is null
join purposes u on u.id = c.purpose and u.ended_at is null
where p.id = :subject \gset
-- audit
with log as (
  insert into audit (actor, action, person, purpose) values ('shop', 'retrieve', :subject, :purpose)
)
select p.name, p.phone, p.city
from persons p
join consents c on c.person = p.id and c.purpose = :purpose and c.ended_at is null
join purposes u on u.id = c.purpose and u.ended_at is null
where p.id = :subject \gset
-- pgcrypto
with log as (
  insert into audit (actor, action, person, purpose) values ('shop', 'retrieve', :subject, :purpose)
)
select
  pgp_sym_decrypt(p.name, :key) as name, pgp_sym_decrypt(p.phone, :key) as phone, pgp_sym_decrypt(p.city, :key) as city
from persons p
join consents c on c.person = p.id and c.purpose = :purpose and c.ended_at is null
join purposes u on u.id = c.purpose and u.ended_at is null
where p.id = :subject \gset
