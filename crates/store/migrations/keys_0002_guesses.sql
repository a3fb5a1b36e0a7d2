-- The keys place, version 2: how often somebody guessed. It lies apart from the data, so that a restored backup of the data
-- gives nobody their guesses back.
create table guesses (
  bucket BYTES not null,
  began bigint not null,
  used bigint not null,
  ends_at bigint not null,
  primary key (bucket)
) {CLUSTERED};
create index guesses_over on guesses (ends_at, bucket);
