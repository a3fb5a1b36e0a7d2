-- Invented people: who somebody is follows from the seed and the number alone. `drawn` gives one of so many.
create function drawn(n bigint, what text, choices integer) returns integer immutable parallel safe language sql
  return (hashtextextended(what || n, :seed) & 2147483647)::integer % choices;

insert into persons (id, name, email, phone, birth_date, street, city, postcode, language)
select
  n,
  (array['Aida', 'Timur', 'Anna', 'Daniyar', 'Vera', 'Marat', 'Olga', 'Saule'])[1 + drawn(n, 'first', 8)]
    || ' ' || (array['Akimova', 'Berik', 'Volkova', 'Esen', 'Ivanova', 'Omar', 'Petrova', 'Serik'])[1 + drawn(n, 'last', 8)]
    || ' ' || n,
  'person' || n || '@shop.example',
  '+7 700 000 ' || lpad(drawn(n, 'phone', 10000)::text, 4, '0'),
  date '1950-01-01' + drawn(n, 'born', 20000),
  'Street ' || drawn(n, 'street', 400) || ', house ' || drawn(n, 'house', 120),
  (array['North', 'South', 'East', 'West'])[1 + drawn(n, 'city', 4)] || ' Town',
  lpad(drawn(n, 'postcode', 100000)::text, 6, '0'),
  (array['kk', 'ru', 'en'])[1 + drawn(n, 'language', 3)]
from generate_series(1, :people) n;

insert into consents (person, purpose)
select n, purpose from generate_series(1, :people) n, (values (1), (2)) granted (purpose);

insert into entries (person, no, kind, value)
select person, no, 'visit', repeat(md5(person || '.' || no), 3)
from generate_series(1, :long) person, generate_series(1, 1000) no;

insert into records (key, person, data, purpose, expires_on, objection, shared_with, origin, category)
select
  n,
  1 + n % :owners,
  repeat(md5('record' || n), 3),
  1 + drawn(n, 'purpose', 100),
  date '2030-01-01' + drawn(n, 'expiry', 1000),
  case when drawn(n, 'objects', 10) = 0 then 1 + drawn(n, 'objection', 100) end,
  'partner ' || drawn(n, 'partner', 20),
  'form ' || drawn(n, 'form', 10),
  'category ' || drawn(n, 'category', 20)
from generate_series(1, :records) n;
