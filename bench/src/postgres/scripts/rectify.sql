\set subject random(1, :people)
\set number random(1000, 9999)
-- plain
update persons set phone = '+7 700 000 ' || :number, updated_at = now() where id = :subject returning id \gset
-- audit
with log as (
  insert into audit (actor, action, person) values ('shop', 'rectify', :subject)
)
update persons set phone = '+7 700 000 ' || :number, updated_at = now() where id = :subject returning id \gset
-- pgcrypto
with log as (
  insert into audit (actor, action, person) values ('shop', 'rectify', :subject)
)
update persons
set
  phone = pgp_sym_encrypt('+7 700 000 ' || :number, :key, 'cipher-algo=aes256, s2k-mode=1'),
  updated_at = now()
where id = :subject returning id \gset
