-- The same people, as they stand in the clear.
insert into persons select * from plain.persons where id <= :people;
insert into consents select * from plain.consents where person <= :people;
insert into entries select * from plain.entries;
insert into records select * from plain.records;
