CREATE OR REPLACE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON segment
    FOR EACH STATEMENT EXECUTE FUNCTION note_registry_change();

-- The most segments of a site that belong to nobody: every server has all of them in memory.
CREATE OR REPLACE FUNCTION most_segments() RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT 200';

-- The most segments of a site that are an account's, and that are all accounts' together.
CREATE OR REPLACE FUNCTION most_segments_of_account() RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT 50';
CREATE OR REPLACE FUNCTION most_segments_of_accounts() RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT 1000';

-- Adds a segment to a site, for everybody who may see it; returns its id.
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
    ELSIF (SELECT count(*) FROM segment WHERE site_id = own AND owner IS NULL) >= most_segments() THEN
        PERFORM refuse_change(format('the site has %s segments, and more are not taken', most_segments()));
    END IF;
    INSERT INTO segment (site_id, name, filters) VALUES (own, segment_name, segment_filters) RETURNING id INTO added;
    RETURN added;
END
$$;

-- Adds a segment to a site, for one account alone; returns its id.
CREATE OR REPLACE FUNCTION add_own_segment(
    wanted text, account_id integer, segment_name text, segment_filters jsonb
) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    own   integer;
    added integer;
BEGIN
    -- An account that is removed takes its segments with it: none is added behind it.
    PERFORM FROM account WHERE id = account_id FOR KEY SHARE;
    IF NOT FOUND THEN
        PERFORM refuse_change('there is no such account');
    END IF;
    LOCK TABLE segment IN SHARE ROW EXCLUSIVE MODE;
    own := site_named(wanted);
    IF EXISTS (SELECT FROM segment WHERE site_id = own AND owner = account_id AND name = segment_name) THEN
        PERFORM refuse_change(format('you have a segment %s already', segment_name));
    ELSIF (SELECT count(*) FROM segment WHERE site_id = own AND owner = account_id) >= most_segments_of_account() THEN
        PERFORM refuse_change(
            format('you have %s segments of the site, and more are not taken', most_segments_of_account())
        );
    ELSIF (SELECT count(*) FROM segment WHERE site_id = own AND owner IS NOT NULL) >= most_segments_of_accounts() THEN
        PERFORM refuse_change(
            format('accounts have %s segments of the site, and more are not taken', most_segments_of_accounts())
        );
    END IF;
    INSERT INTO segment (site_id, owner, name, filters)
    VALUES (own, account_id, segment_name, segment_filters)
    RETURNING id INTO added;
    RETURN added;
END
$$;

-- Removes a segment of a site that is nobody's; returns its id.
CREATE OR REPLACE FUNCTION remove_segment(wanted text, segment_id integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    DELETE FROM segment AS known
     WHERE known.site_id = site_named(wanted) AND known.owner IS NULL AND known.id = segment_id;
    IF NOT FOUND THEN
        PERFORM refuse_change(format('the site has no segment %s', segment_id));
    END IF;
    RETURN segment_id;
END
$$;

-- Removes a segment of a site that is an account's; returns its id.
CREATE OR REPLACE FUNCTION remove_own_segment(wanted text, account_id integer, segment_id integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    DELETE FROM segment AS known
     WHERE known.site_id = site_named(wanted) AND known.owner = account_id AND known.id = segment_id;
    IF NOT FOUND THEN
        PERFORM refuse_change(format('you have no segment %s of the site', segment_id));
    END IF;
    RETURN segment_id;
END
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['add_segment', 'add_own_segment', 'remove_segment', 'remove_own_segment'] LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %I FROM PUBLIC', name);
        -- Servers change segments over the connections by which they write.
        EXECUTE format('GRANT EXECUTE ON FUNCTION %I TO hourglass_registry, hourglass_ingest', name);
    END LOOP;
END
$$;
