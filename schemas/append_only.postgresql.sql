-- The log is only added to: the database refuses what the program never does.
CREATE OR REPLACE FUNCTION refuse_event_change() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only: an event is never changed or deleted';
END;
$$ LANGUAGE plpgsql;
DROP TRIGGER IF EXISTS event_keeps ON event;
CREATE TRIGGER event_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_event_change();
