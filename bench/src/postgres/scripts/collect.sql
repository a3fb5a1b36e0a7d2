\set n :n + 1
-- plain
with person as (
  insert into persons (name, email, phone, birth_date, street, city, postcode, language)
  values (
    'Newcomer ' || :n, 'new' || :round || '.' || :client_id || '.' || :n || '@shop.example', '+7 700 000 00 01',
    '1990-05-17', 'Street 12, house 7', 'North Town', '050000', 'en'
  )
  returning id
), consent as (
  insert into consents (person, purpose) select id, purpose from person, (values (1), (2)) granted (purpose)
)
select id from person \gset
-- audit
with person as (
  insert into persons (name, email, phone, birth_date, street, city, postcode, language)
  values (
    'Newcomer ' || :n, 'new' || :round || '.' || :client_id || '.' || :n || '@shop.example', '+7 700 000 00 01',
    '1990-05-17', 'Street 12, house 7', 'North Town', '050000', 'en'
  )
  returning id
), consent as (
  insert into consents (person, purpose) select id, purpose from person, (values (1), (2)) granted (purpose)
), log as (
  insert into audit (actor, action, person) select 'shop', 'collect', id from person
)
select id from person \gset
-- pgcrypto
with person as (
  insert into persons (name, email, email_digest, phone, birth_date, street, city, postcode, language)
  values (
    pgp_sym_encrypt('Newcomer ' || :n, :key, 'cipher-algo=aes256, s2k-mode=1'),
    pgp_sym_encrypt(
      'new' || :round || '.' || :client_id || '.' || :n || '@shop.example', :key, 'cipher-algo=aes256, s2k-mode=1'
    ),
    hmac('new' || :round || '.' || :client_id || '.' || :n || '@shop.example', :digest_key, 'sha256'),
    pgp_sym_encrypt('+7 700 000 00 01', :key, 'cipher-algo=aes256, s2k-mode=1'),
    pgp_sym_encrypt('1990-05-17', :key, 'cipher-algo=aes256, s2k-mode=1'),
    pgp_sym_encrypt('Street 12, house 7', :key, 'cipher-algo=aes256, s2k-mode=1'),
    pgp_sym_encrypt('North Town', :key, 'cipher-algo=aes256, s2k-mode=1'),
    pgp_sym_encrypt('050000', :key, 'cipher-algo=aes256, s2k-mode=1'),
    pgp_sym_encrypt('en', :key, 'cipher-algo=aes256, s2k-mode=1')
  )
  returning id
), consent as (
  insert into consents (person, purpose) select id, purpose from person, (values (1), (2)) granted (purpose)
), log as (
  insert into audit (actor, action, person) select 'shop', 'collect', id from person
)
select id from person \gset
