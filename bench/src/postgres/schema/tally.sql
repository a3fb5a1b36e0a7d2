-- What a round may change: people, open consents, records created, records waiting to be deleted, rows of the audit.
select
  (select count(*) from persons),
  (select count(*) from consents where ended_at is null),
  (select case when is_called then last_value else last_value - 1 end from records_key_seq),
  (select count(*) from records where key >= 1000000000 and key < 2000000000),
  (select count(*) from audit);
