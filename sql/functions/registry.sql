-- Changes of the registry, which sessions with the role hourglass_registry make through these functions. A change that
-- cannot be made raises HG004, with a message for whoever asked for it.

CREATE OR REPLACE FUNCTION note_registry_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    UPDATE registry_version SET version = version + 1;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON organisation
    FOR EACH STATEMENT EXECUTE FUNCTION note_registry_change();
CREATE OR REPLACE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON site
    FOR EACH STATEMENT EXECUTE FUNCTION note_registry_change();
CREATE OR REPLACE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON former_site_name
    FOR EACH STATEMENT EXECUTE FUNCTION note_registry_change();
CREATE OR REPLACE TRIGGER changed AFTER INSERT OR UPDATE OF revoked_at, label OR DELETE ON access_key
    FOR EACH STATEMENT EXECUTE FUNCTION note_registry_change();
CREATE OR REPLACE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON site_secret
    FOR EACH STATEMENT EXECUTE FUNCTION note_registry_change();
CREATE OR REPLACE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON goal
    FOR EACH STATEMENT EXECUTE FUNCTION note_registry_change();

-- 32 random bytes, from the source of UUIDs: each has 122 random bits of the system's.
CREATE OR REPLACE FUNCTION random_secret() RETURNS bytea
    LANGUAGE sql VOLATILE AS $$
    SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
$$;

-- Every site has a secret.
CREATE OR REPLACE FUNCTION make_site_secret() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    INSERT INTO site_secret (site_id, secret) VALUES (NEW.id, random_secret()) ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER with_secret AFTER INSERT ON site FOR EACH ROW EXECUTE FUNCTION make_site_secret();
INSERT INTO site_secret (site_id, secret)
SELECT id, random_secret() FROM site WHERE removed_at IS NULL
    ON CONFLICT DO NOTHING;

-- The whole registry as a JSON document; secrets and digests in hexadecimal.
--   zones    for each time zone of a site: the moments at which the dates of `salts` begin there, and the one at which
--            the last of them ends, in seconds since 1970
CREATE OR REPLACE FUNCTION registry_document() RETURNS text
    LANGUAGE sql STABLE AS $$
    SELECT json_build_object(
        'version', (SELECT version FROM registry_version),
        'sites', (
            SELECT coalesce(json_agg(json_build_object(
                'id', s.id, 'uuid', s.uuid, 'name', s.name, 'hostnames', s.hostnames, 'zone', s.zone,
                'settings', s.settings, 'organisation', o.name, 'secret', encode(x.secret, 'hex'), 'goals', (
                    SELECT coalesce(json_agg(json_build_object(
                        'id', g.id, 'kind', g.kind, 'pattern', g.pattern, 'depth', g.depth, 'display', g.display,
                        'properties', g.properties, 'currency', g.currency
                    ) ORDER BY g.id), '[]')
                      FROM goal AS g WHERE g.site_id = s.id
                ), 'segments', (
                    SELECT coalesce(json_agg(json_build_object(
                        'id', g.id, 'name', g.name, 'filters', g.filters::text
                    ) ORDER BY g.id), '[]')
                      FROM segment AS g WHERE g.site_id = s.id AND g.owner IS NULL
                ), 'own_segments', (
                    SELECT coalesce(json_agg(json_build_object(
                        'id', g.id, 'owner', g.owner, 'name', g.name, 'filters', g.filters::text
                    ) ORDER BY g.id), '[]')
                      FROM segment AS g WHERE g.site_id = s.id AND g.owner IS NOT NULL
                )
            ) ORDER BY s.id), '[]')
              FROM site AS s
              JOIN organisation AS o ON o.id = s.organisation_id
              JOIN site_secret AS x ON x.site_id = s.id
             WHERE s.removed_at IS NULL
        ),
        'former_names', (SELECT coalesce(json_agg(json_build_object('name', name, 'site', site_id)), '[]') FROM former_site_name),
        'keys', (
            SELECT coalesce(json_agg(json_build_object(
                'id', id, 'site', site_id, 'scope', scope, 'digest', encode(digest, 'hex')
            ) ORDER BY id), '[]')
              FROM access_key WHERE revoked_at IS NULL
        ),
        'shares', (
            SELECT coalesce(json_agg(json_build_object(
                'id', id, 'site', site_id, 'filters', filters::text, 'digest', encode(digest, 'hex')
            ) ORDER BY id), '[]')
              FROM share WHERE revoked_at IS NULL AND password IS NULL
        ),
        -- Apart from the others, which earlier programs take without a password.
        'guarded_shares', (
            SELECT coalesce(json_agg(json_build_object(
                'id', id, 'site', site_id, 'filters', filters::text, 'digest', encode(digest, 'hex'),
                'password', password
            ) ORDER BY id), '[]')
              FROM share WHERE revoked_at IS NULL AND password IS NOT NULL
        ),
        'salts', (
            SELECT coalesce(json_agg(json_build_object('date', date, 'secret', encode(secret, 'hex')) ORDER BY date), '[]')
              FROM salt
        ),
        'zones', (
            SELECT coalesce(json_object_agg(z.zone, (
                SELECT coalesce(json_agg(extract(epoch FROM day.date::timestamp AT TIME ZONE z.zone)::bigint ORDER BY day.date), '[]')
                  FROM (SELECT date FROM salt UNION SELECT max(date) + 1 FROM salt HAVING count(*) > 0) AS day
            )), '{}')
              FROM (SELECT DISTINCT zone FROM site WHERE removed_at IS NULL) AS z
        )
    )::text
$$;

-- Tells a server the version of the registry, and the registry if that is not the one it knows; notes what it knows.
CREATE OR REPLACE FUNCTION read_registry(own uuid, known bigint) RETURNS TABLE (version bigint, document text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    INSERT INTO registry_reader AS reader (server_id, version) VALUES (own, known)
        ON CONFLICT (server_id) DO UPDATE SET version = known, seen_at = now()
        WHERE reader.version <> known OR reader.seen_at < now() - INTERVAL '5 seconds';
    RETURN QUERY
    SELECT now.version, CASE WHEN now.version <> known THEN registry_document() END FROM registry_version AS now;
END
$$;

-- Removes a server that stops; it need not be waited for.
CREATE OR REPLACE FUNCTION leave_registry(own uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    DELETE FROM registry_reader WHERE server_id = own OR seen_at < now() - INTERVAL '1 minute'
$$;

-- The number of servers that have not read a version of the registry yet.
CREATE OR REPLACE FUNCTION lagging_readers(wanted bigint) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT count(*) FROM registry_reader WHERE version < wanted AND seen_at > now() - INTERVAL '20 seconds'
$$;

-- Makes the secrets of the dates that hits may have soon, and deletes those of dates that are over everywhere for a day:
-- a date ends at noon UTC of the next one in the zone that is last.
CREATE OR REPLACE FUNCTION make_salts() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    now timestamp := now() AT TIME ZONE 'UTC';
    changes integer;
BEGIN
    IF NOT EXISTS (SELECT FROM salt WHERE date <= now - INTERVAL '60 hours')
        AND (
            SELECT count(*) FROM salt
             WHERE date BETWEEN (now - INTERVAL '36 hours')::date AND (now + INTERVAL '14 hours')::date + 2
        ) = (now + INTERVAL '14 hours')::date + 3 - (now - INTERVAL '36 hours')::date
    THEN
        RETURN;
    END IF;
    LOCK TABLE salt IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM salt WHERE date <= now - INTERVAL '60 hours';
    INSERT INTO salt (date, secret)
    SELECT day::date, random_secret()
      FROM generate_series(
        (now - INTERVAL '36 hours')::date, (now + INTERVAL '14 hours')::date + 2, INTERVAL '1 day'
      ) AS day
        ON CONFLICT DO NOTHING;
    UPDATE registry_version SET version = version + 1;
END
$$;

CREATE OR REPLACE FUNCTION refuse_change(reason text) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', reason USING ERRCODE = 'HG004';
END
$$;

-- The id of a site with this name, now or before.
CREATE OR REPLACE FUNCTION site_named(wanted text) RETURNS integer
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    found integer := coalesce(
        (SELECT id FROM site WHERE name = wanted), (SELECT site_id FROM former_site_name WHERE name = wanted)
    );
BEGIN
    IF found IS NULL THEN
        PERFORM refuse_change(format('there is no site %s', wanted));
    END IF;
    RETURN found;
END
$$;

-- Refuses a name that a site has, other than `own`.
CREATE OR REPLACE FUNCTION check_site_name(wanted text, own integer) RETURNS void
    LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF EXISTS (SELECT FROM site WHERE name = wanted AND id IS DISTINCT FROM own) THEN
        PERFORM refuse_change(format('there is a site %s already', wanted));
    END IF;
END
$$;

-- Takes a name from the site that had it before, if that belongs to the organisation `owner`: whoever owns both sites may
-- tell which of them the name leads to. Nobody else may, as the hits of old snippets would come to them, and nobody else
-- is told which site it is.
CREATE OR REPLACE FUNCTION take_former_name(wanted text, owner integer) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM former_site_name AS former JOIN site ON site.id = former.site_id
         WHERE former.name = wanted AND site.organisation_id <> owner
    ) THEN
        PERFORM refuse_change(format('the name %s belongs to another site, which had it before', wanted));
    END IF;
    DELETE FROM former_site_name WHERE name = wanted;
END
$$;

-- The most former names of a site: every server has all of them in memory.
CREATE OR REPLACE FUNCTION most_former_names() RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT 50';

CREATE OR REPLACE FUNCTION check_zone(wanted text) RETURNS void
    LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_timezone_names WHERE name = wanted) THEN
        PERFORM refuse_change(format('PostgreSQL knows no time zone %s', wanted));
    END IF;
END
$$;

-- Refuses settings that do not go together: pages of any origin may read what everybody may.
CREATE OR REPLACE FUNCTION check_settings(wanted jsonb) RETURNS void
    LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF wanted -> 'origins' ? '*' AND wanted -> 'public' IS DISTINCT FROM 'true' THEN
        PERFORM refuse_change('origins=* goes with public=true only');
    END IF;
END
$$;

-- Adds a site; returns its id. NULL stands for a default.
CREATE OR REPLACE FUNCTION add_site(wanted text, hosts text[], wanted_zone text, options jsonb, owner text)
    RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    added integer;
    organisation integer := (SELECT id FROM organisation WHERE name = coalesce(owner, 'default'));
BEGIN
    LOCK TABLE site IN SHARE ROW EXCLUSIVE MODE;
    PERFORM check_site_name(wanted, NULL);
    PERFORM check_zone(coalesce(wanted_zone, 'UTC'));
    PERFORM check_settings(options);
    IF organisation IS NULL THEN
        PERFORM refuse_change(format('there is no organisation %s', owner));
    END IF;
    PERFORM take_former_name(wanted, organisation);
    INSERT INTO site (name, hostnames, zone, settings, organisation_id)
    VALUES (wanted, coalesce(hosts, '{}'), coalesce(wanted_zone, 'UTC'), coalesce(options, '{}'), organisation)
    RETURNING id INTO added;
    RETURN added;
END
$$;

-- Changes a site; NULL leaves a value as it is. A setting that is null in `options` gets its default.
CREATE OR REPLACE FUNCTION set_site(wanted text, hosts text[], wanted_zone text, options jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    own integer := site_named(wanted);
BEGIN
    PERFORM check_zone(wanted_zone) WHERE wanted_zone IS NOT NULL;
    UPDATE site
       SET hostnames = coalesce(hosts, hostnames),
           zone = coalesce(wanted_zone, zone),
           settings = jsonb_strip_nulls(settings || coalesce(options, '{}'))
     WHERE id = own;
    PERFORM check_settings((SELECT settings FROM site WHERE id = own));
END
$$;

-- Gives a site another name; the former one still leads to it, until another site of its organisation takes it.
CREATE OR REPLACE FUNCTION rename_site(wanted text, new_name text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    own     integer := site_named(wanted);
    current text := (SELECT name FROM site WHERE id = own);
BEGIN
    LOCK TABLE site IN SHARE ROW EXCLUSIVE MODE;
    PERFORM check_site_name(new_name, own);
    IF own = 1 THEN
        PERFORM refuse_change('the site default keeps its name: /analytics without a site means it');
    END IF;
    IF new_name = current THEN
        RETURN;
    END IF;
    PERFORM take_former_name(new_name, (SELECT organisation_id FROM site WHERE id = own));
    INSERT INTO former_site_name (name, site_id) VALUES (current, own);
    DELETE FROM former_site_name AS known
     USING (
        SELECT name FROM former_site_name
         WHERE site_id = own ORDER BY since DESC, name OFFSET most_former_names()
      ) AS oldest
     WHERE known.name = oldest.name;
    UPDATE site SET name = new_name WHERE id = own;
END
$$;

-- Removes a site: its names, keys, goals, segments and notes at once, its data by a job, whose id is returned.
CREATE OR REPLACE FUNCTION remove_site(wanted text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    own   integer := site_named(wanted);
    added bigint;
BEGIN
    IF own = 1 THEN
        PERFORM refuse_change('the site default cannot be removed: /analytics without a site means it');
    END IF;
    -- First, as `add_goal` and `add_segment` lock these tables before they raise the version.
    DELETE FROM goal WHERE site_id = own;
    DELETE FROM segment WHERE site_id = own;
    DELETE FROM note WHERE site_id = own;
    DELETE FROM access_key WHERE site_id = own;
    DELETE FROM share WHERE site_id = own;
    DELETE FROM former_site_name WHERE site_id = own;
    DELETE FROM site_secret WHERE site_id = own;
    UPDATE site SET name = NULL, removed_at = now(), hostnames = '{}', settings = '{}' WHERE id = own;
    INSERT INTO job (kind, site_id) VALUES ('remove site', own) RETURNING id INTO added;
    RETURN added;
END
$$;

-- Takes all data of a site: another one takes its names, settings, keys and lists, under a new id and with a new secret,
-- and the data go with the former one by a job, whose id is returned.
CREATE OR REPLACE FUNCTION reset_site(wanted text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    former site;
    fresh  integer;
    added  bigint;
BEGIN
    -- As in `remove_site`.
    LOCK TABLE goal, segment IN SHARE ROW EXCLUSIVE MODE;
    SELECT * INTO former FROM site WHERE id = site_named(wanted);
    IF former.id = 1 THEN
        PERFORM refuse_change('the site default cannot be reset: /analytics without a site means it');
    END IF;
    UPDATE site
       SET name = NULL, removed_at = now(), hostnames = '{}', settings = '{}', uuid = gen_random_uuid()
     WHERE id = former.id;
    INSERT INTO site (uuid, name, hostnames, zone, settings, organisation_id, created_at)
    VALUES (
        former.uuid, former.name, former.hostnames, former.zone, former.settings, former.organisation_id,
        former.created_at
    )
    RETURNING id INTO fresh;
    DELETE FROM site_secret WHERE site_id = former.id;
    UPDATE goal SET site_id = fresh WHERE site_id = former.id;
    UPDATE segment SET site_id = fresh WHERE site_id = former.id;
    UPDATE note SET site_id = fresh WHERE site_id = former.id;
    UPDATE access_key SET site_id = fresh WHERE site_id = former.id;
    UPDATE share SET site_id = fresh WHERE site_id = former.id;
    UPDATE former_site_name SET site_id = fresh WHERE site_id = former.id;
    INSERT INTO job (kind, site_id) VALUES ('remove site', former.id) RETURNING id INTO added;
    RETURN added;
END
$$;

-- Adds a key; returns its id. The text is NULL for a key that is shown once.
CREATE OR REPLACE FUNCTION add_key(wanted text, key_scope text, key_label text, key_text text, key_digest bytea)
    RETURNS integer
    LANGUAGE sql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    INSERT INTO access_key (site_id, scope, label, text, digest)
    VALUES (site_named(wanted), key_scope, key_label, key_text, key_digest)
    RETURNING id
$$;

-- Revokes a key; returns the version of the registry from which on no server takes it.
CREATE OR REPLACE FUNCTION revoke_key(key integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM access_key WHERE id = key) THEN
        PERFORM refuse_change(format('there is no key %s', key));
    END IF;
    UPDATE access_key SET revoked_at = now() WHERE id = key AND revoked_at IS NULL;
    RETURN (SELECT version FROM registry_version);
END
$$;

-- The most goals of a site: each is looked for in every report by goals.
CREATE OR REPLACE FUNCTION most_goals() RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT 200';

-- Adds a goal; returns its id. The arguments are the columns of the table.
CREATE OR REPLACE FUNCTION add_goal(
    wanted text, goal_kind text, goal_pattern text, goal_depth integer, goal_name text, goal_display text,
    goal_properties jsonb, goal_currency text
) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    own   integer;
    added integer;
BEGIN
    LOCK TABLE goal IN SHARE ROW EXCLUSIVE MODE;
    own := site_named(wanted);
    IF EXISTS (SELECT FROM goal WHERE site_id = own AND name = goal_name) THEN
        PERFORM refuse_change(format('the site has a goal %s already', goal_name));
    ELSIF (SELECT count(*) FROM goal WHERE site_id = own) >= most_goals() THEN
        PERFORM refuse_change(format('the site has %s goals, and more are not taken', most_goals()));
    END IF;
    INSERT INTO goal (site_id, kind, pattern, depth, name, display, properties, currency)
    VALUES (own, goal_kind, goal_pattern, goal_depth, goal_name, goal_display, goal_properties, goal_currency)
    RETURNING id INTO added;
    RETURN added;
END
$$;

-- Removes a goal of a site; returns its id.
CREATE OR REPLACE FUNCTION remove_goal(wanted text, goal_id integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    DELETE FROM goal AS known WHERE known.site_id = site_named(wanted) AND known.id = goal_id;
    IF NOT FOUND THEN
        PERFORM refuse_change(format('the site has no goal %s', goal_id));
    END IF;
    RETURN goal_id;
END
$$;

-- Notes the last use of keys.
CREATE OR REPLACE FUNCTION note_key_uses(keys integer[], times bigint[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    UPDATE access_key AS own SET used_at = greatest(own.used_at, to_timestamp(used.at))
      FROM unnest(keys, times) AS used (key, at)
     WHERE own.id = used.key
$$;

-- Adds hits to those that sites took on a day; returns how many each has taken since.
CREATE OR REPLACE FUNCTION note_site_hits(on_day date, sites integer[], counts bigint[])
    RETURNS TABLE (site_id integer, hits bigint)
    LANGUAGE sql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    DELETE FROM site_day WHERE day < on_day - 7;
    INSERT INTO site_day AS known (site_id, day, hits)
    SELECT taken.site, on_day, taken.count FROM unnest(sites, counts) AS taken (site, count) ORDER BY taken.site
        ON CONFLICT (day, site_id) DO UPDATE SET hits = known.hits + excluded.hits
    RETURNING known.site_id, known.hits
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'read_registry', 'leave_registry', 'lagging_readers', 'make_salts', 'site_named', 'add_site', 'set_site',
        'rename_site', 'remove_site', 'reset_site', 'add_key', 'revoke_key', 'note_key_uses', 'note_site_hits',
        'registry_document', 'add_goal', 'remove_goal'
    ] LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %I FROM PUBLIC', name);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %I TO hourglass_registry', name);
    END LOOP;
    -- Servers follow the registry, and change goals, over the connections by which they write.
    FOREACH name IN ARRAY ARRAY[
        'read_registry', 'leave_registry', 'make_salts', 'note_key_uses', 'note_site_hits', 'add_goal', 'remove_goal'
    ] LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %I TO hourglass_ingest', name);
    END LOOP;
END
$$;
