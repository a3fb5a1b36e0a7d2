-- The same people, sealed. The key is drawn at random and not thought up by somebody, so it needs no slow stretching
-- (`s2k-mode=1`); with the default of pgcrypto each value would cost many times more.
create function sealed(value text) returns bytea volatile parallel safe language sql
  return pgp_sym_encrypt(value, :'key', 'cipher-algo=aes256, s2k-mode=1');

insert into persons (id, name, email, email_digest, phone, birth_date, street, city, postcode, language)
select
  id, sealed(name), sealed(email), hmac(email, :'digest_key', 'sha256'), sealed(phone), sealed(birth_date::text),
  sealed(street), sealed(city), sealed(postcode), sealed(language)
from plain.persons where id <= :people;

insert into consents select * from plain.consents where person <= :people;
insert into entries select person, no, kind, sealed(value) from plain.entries;
insert into records
select key, person, sealed(data), purpose, expires_on, objection, shared_with, origin, category, decided
from plain.records;
