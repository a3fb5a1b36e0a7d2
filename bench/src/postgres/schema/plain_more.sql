-- People and records to be used up. They are copies of those who stay, under numbers and addresses of their own.
create function add_people(first bigint, last bigint) returns void language sql
set session_replication_role = replica
begin atomic
  insert into persons (id, name, email, phone, birth_date, street, city, postcode, language)
  select n, name, 'pool' || n || '@shop.example', phone, birth_date, street, city, postcode, language
  from generate_series(first, last) n join persons p on p.id = 1 + n % :people;
  insert into consents (person, purpose)
  select n, purpose from generate_series(first, last) n, (values (1), (2)) granted (purpose);
end;
