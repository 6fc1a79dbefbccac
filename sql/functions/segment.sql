CREATE OR REPLACE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON segment
    FOR EACH STATEMENT EXECUTE FUNCTION note_registry_change();

-- The most segments of a site: every server has all of them in memory.
CREATE OR REPLACE FUNCTION most_segments() RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT 200';

-- Adds a segment to a site; returns its id.
CREATE OR REPLACE FUNCTION add_segment(wanted text, segment_name text, segment_filters jsonb) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    own   integer;
    added integer;
BEGIN
    LOCK TABLE segment IN SHARE ROW EXCLUSIVE MODE;
    own := site_named(wanted);
    IF EXISTS (SELECT FROM segment WHERE site_id = own AND owner IS NULL AND name = segment_name) THEN
        PERFORM refuse_change(format('the site has a segment %s already', segment_name));
    ELSIF (SELECT count(*) FROM segment WHERE site_id = own) >= most_segments() THEN
        PERFORM refuse_change(format('the site has %s segments, and more are not taken', most_segments()));
    END IF;
    INSERT INTO segment (site_id, name, filters) VALUES (own, segment_name, segment_filters) RETURNING id INTO added;
    RETURN added;
END
$$;

-- Removes a segment of a site; returns its id.
CREATE OR REPLACE FUNCTION remove_segment(wanted text, segment_id integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    DELETE FROM segment AS known WHERE known.site_id = site_named(wanted) AND known.id = segment_id;
    IF NOT FOUND THEN
        PERFORM refuse_change(format('the site has no segment %s', segment_id));
    END IF;
    RETURN segment_id;
END
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['add_segment', 'remove_segment'] LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %I FROM PUBLIC', name);
        -- Servers change segments over the connections by which they write.
        EXECUTE format('GRANT EXECUTE ON FUNCTION %I TO hourglass_registry, hourglass_ingest', name);
    END LOOP;
END
$$;
