-- The log is only added to: the database refuses what the program never does.
DROP TRIGGER IF EXISTS event_keeps;
DROP TRIGGER IF EXISTS event_stays;
CREATE TRIGGER event_keeps BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: an event is never changed');
END;
CREATE TRIGGER event_stays BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: an event is never deleted');
END;
