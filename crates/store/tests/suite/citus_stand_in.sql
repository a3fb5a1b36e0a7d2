-- A stand-in for Citus on one plain PostgreSQL, for tests alone: the names of its functions and catalogues, whose calls are
-- only written down. It spreads nothing, and nothing is said here of what the real one does.

create type noderole as enum ('primary', 'secondary', 'unavailable');
create table pg_dist_local_group (groupid int primary key);
create table pg_dist_node (
  nodeid int primary key,
  groupid int not null,
  nodename text not null,
  nodeport int not null,
  isactive boolean not null,
  noderole noderole not null
);
create table pg_dist_partition (
  logicalrelid regclass primary key,
  partmethod "char" not null,
  partkey text,
  colocationid int not null,
  repmodel "char" not null
);
create table pg_dist_shard (
  logicalrelid regclass not null,
  shardid bigint primary key,
  shardminvalue text,
  shardmaxvalue text
);
create table pg_dist_placement (placementid bigint primary key, shardid bigint not null, groupid int not null);
create table calls (number serial primary key, call text not null);

insert into pg_dist_local_group values (0);

create function column_to_column_name(logicalrelid regclass, partkey text) returns text
  language sql strict as 'select partkey';

create function create_reference_table(table_name regclass) returns void language plpgsql as $$
begin
  insert into calls (call) values (format('reference %s', table_name));
  insert into pg_dist_partition values (table_name, 'n', null, 0, 't');
end $$;

create function create_distributed_table(
  table_name regclass, distribution_column text, distribution_type text default 'hash', colocate_with text default 'default',
  shard_count int default null) returns void language plpgsql as $$
declare
  shared int;
begin
  insert into calls (call)
  values (format('distributed %s %s %s %s', table_name, distribution_column, colocate_with, coalesce(shard_count::text, '-')));
  if colocate_with = 'none' then
    select coalesce(max(colocationid), 0) + 1 into shared from pg_dist_partition;
  else
    select colocationid into strict shared from pg_dist_partition where logicalrelid = colocate_with::regclass;
  end if;
  insert into pg_dist_partition values (table_name, 'h', distribution_column, shared, 's');
end $$;

create function truncate_local_data_after_distributing_table(function_name regclass) returns void language plpgsql as $$
begin
  insert into calls (call) values (format('truncated %s', function_name));
end $$;

create function run_command_on_workers(
  command text, parallel bool default true, out nodename text, out nodeport int, out success bool, out result text)
  returns setof record language plpgsql as $$
declare
  node record;
begin
  for node in select n.nodename as host, n.nodeport as port from pg_dist_node n where n.groupid > 0 and n.isactive loop
    nodename := node.host;
    nodeport := node.port;
    begin
      execute command into result;
      success := true;
    exception when others then
      success := false;
      result := sqlerrm;
    end;
    return next;
  end loop;
end $$;
