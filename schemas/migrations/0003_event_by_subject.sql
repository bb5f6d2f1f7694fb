-- The same events in the same order. Of a list of three SQLite made a table for each event that it
-- wrote, of a pair it makes none.
DROP INDEX event_by_subject;
CREATE INDEX event_by_subject ON event (subject, seq)
    WHERE kind NOT IN ('expense.submit', 'expense.settle') AND kind <> 'payee.add';
