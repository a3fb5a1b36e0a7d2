-- People to be used up. A copied seal costs as much to open or to delete as one of its own.
create function add_people(first bigint, last bigint) returns void language sql
set session_replication_role = replica
begin atomic
  insert into persons (id, name, email, email_digest, phone, birth_date, street, city, postcode, language)
  select n, name, email, sha256(convert_to('pool' || n, 'UTF8')), phone, birth_date, street, city, postcode, language
  from generate_series(first, last) n join persons p on p.id = 1 + n % :people;
  insert into consents (person, purpose)
  select n, purpose from generate_series(first, last) n, (values (1), (2)) granted (purpose);
end;
