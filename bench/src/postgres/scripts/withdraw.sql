\set purpose 1
-- plain
update consents set ended_at = now()
where person = (select nextval('withdrawing')) and purpose = :purpose and ended_at is null
returning person \gset
-- audit
with ended as (
  update consents set ended_at = now()
  where person = (select nextval('withdrawing')) and purpose = :purpose and ended_at is null
  returning person, purpose
), log as (
  insert into audit (actor, action, person, purpose) select 'shop', 'withdraw', person, purpose from ended
)
select person from ended \gset
-- pgcrypto
with ended as (
  update consents set ended_at = now()
  where person = (select nextval('withdrawing')) and purpose = :purpose and ended_at is null
  returning person, purpose
), log as (
  insert into audit (actor, action, person, purpose) select 'shop', 'withdraw', person, purpose from ended
)
select person from ended \gset
