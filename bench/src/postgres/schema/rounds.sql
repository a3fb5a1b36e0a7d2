-- What stands ready before a round begins.
create table records_as_seeded as select * from records;
alter table records_as_seeded add primary key (key);

alter table persons alter column id restart with 4000000000;
alter table records alter column key restart with 2000000000;
select add_people(3000000000, 3000000999) \g /dev/null

-- Adds what is missing of so many people that are to withdraw (from 1,000,000,000) or to leave (from 2,000,000,000), and
-- says which is the last of them.
create function stock_people(pool regclass, floor bigint, wanted bigint) returns bigint language plpgsql
set session_replication_role = replica as $$
declare
  used bigint;
  held bigint;
begin
  execute format('select case when is_called then last_value else last_value - 1 end from %s', pool) into used;
  select coalesce(max(id), floor - 1) into held from persons where id >= floor and id < floor + 1000000000;
  if held < used + wanted then
    perform add_people(greatest(held, used) + 1, used + wanted);
  end if;
  return greatest(held, used + wanted);
end $$;

-- Adds what is missing of so many records that are to be deleted one by one, and says which is the last of them. They
-- belong to nobody who is read, and to no purpose that is changed.
create function stock_records(wanted bigint) returns bigint language plpgsql
set session_replication_role = replica as $$
declare
  used bigint;
  held bigint;
  seeded bigint;
begin
  select case when is_called then last_value else last_value - 1 end into used from dropping;
  select coalesce(max(key), 999999999) into held from records where key >= 1000000000 and key < 2000000000;
  select max(key) into seeded from records_as_seeded;
  insert into records (key, person, data, purpose, expires_on, origin, category)
  select n, 3000000000 + n % 1000, s.data, 0, date '2029-01-01', s.origin, s.category
  from generate_series(greatest(held, used) + 1, used + wanted) n
  join records_as_seeded s on s.key = 1 + n % seeded;
  return greatest(held, used + wanted);
end $$;

-- Brings the records back to what they were before anybody created or deleted one.
create function restore_records() returns void language sql
set session_replication_role = replica as $$
  delete from records where key >= 2000000000;
  insert into records select * from records_as_seeded on conflict (key) do nothing;
$$;

-- Tables are cleaned before each round and not within one, so that no round pays for another.
alter table persons set (autovacuum_enabled = off);
alter table consents set (autovacuum_enabled = off);
alter table entries set (autovacuum_enabled = off);
alter table records set (autovacuum_enabled = off);
alter table audit set (autovacuum_enabled = off);
