-- The most notes of a site: all of them come in one answer.
CREATE OR REPLACE FUNCTION most_notes() RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT 1000';

-- The notes of a site from one date to another, both included, in the order of their dates; NULL stands for no limit.
CREATE OR REPLACE FUNCTION notes(wanted text, first date, last date) RETURNS TABLE (id integer, date text, text text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT note.id, to_char(note.date, 'YYYY-MM-DD'), note.text
      FROM note
     WHERE note.site_id = site_named(wanted)
       AND (first IS NULL OR note.date >= first) AND (last IS NULL OR note.date <= last)
     ORDER BY note.date, note.id
$$;

-- Adds a note to a date of a site; returns its id.
CREATE OR REPLACE FUNCTION add_note(wanted text, note_date date, note_text text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    own   integer;
    added integer;
BEGIN
    LOCK TABLE note IN SHARE ROW EXCLUSIVE MODE;
    own := site_named(wanted);
    IF (SELECT count(*) FROM note WHERE site_id = own) >= most_notes() THEN
        PERFORM refuse_change(format('the site has %s notes, and more are not taken', most_notes()));
    END IF;
    INSERT INTO note (site_id, date, text) VALUES (own, note_date, note_text) RETURNING id INTO added;
    RETURN added;
END
$$;

-- Removes a note of a site; returns its id.
CREATE OR REPLACE FUNCTION remove_note(wanted text, note_id integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    DELETE FROM note AS known WHERE known.site_id = site_named(wanted) AND known.id = note_id;
    IF NOT FOUND THEN
        PERFORM refuse_change(format('the site has no note %s', note_id));
    END IF;
    RETURN note_id;
END
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['notes', 'add_note', 'remove_note'] LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %I FROM PUBLIC', name);
        -- Servers read and change notes over the connections by which they write.
        EXECUTE format('GRANT EXECUTE ON FUNCTION %I TO hourglass_registry, hourglass_ingest', name);
    END LOOP;
END
$$;
