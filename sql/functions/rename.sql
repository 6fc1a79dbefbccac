-- Gives the names of a forgotten user random ones in the hours whose events retention has dropped, or deleted for the site
-- alone: these cannot be counted again. A name gets the same one in all hours, so that it is still one user in the windows
-- of two. The aggregates belong to the role that refreshes them, where the flavour has them.
CREATE OR REPLACE FUNCTION rename_forgotten(job bigint) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    own    forgetting;
    kept   timestamptz := (SELECT kept_since FROM retention);
    others text[];
    hours  timestamptz[];
BEGIN
    SELECT * INTO own FROM forgetting WHERE job_id = job;
    others := ARRAY(
        SELECT chr(1) || substring(replace(gen_random_uuid()::text, '-', '') FROM 17) FROM unnest(own.names)
    );
    -- One hour after another, by the index.
    hours := ARRAY(
        SELECT hour
          FROM generate_series(
                (SELECT min(u.hour) FROM user_hour AS u WHERE u.hour < kept), kept - INTERVAL '1 hour', INTERVAL '1 hour'
               ) AS hour,
               LATERAL (
                SELECT FROM user_hour AS u
                 WHERE u.hour = hour.hour AND u.site_id = own.site_id AND u.user_id = ANY (own.names)
                 LIMIT 1
               ) AS found
    );
    IF cardinality(hours) > 0 THEN
        PERFORM rename_aggregated(own.site_id, hours, own.names, others);
    END IF;
    UPDATE old_user_hour AS u SET user_id = renamed.other
      FROM generate_series(
            (SELECT min(old.hour) FROM old_user_hour AS old WHERE old.site_id = own.site_id),
            (SELECT max(old.hour) FROM old_user_hour AS old WHERE old.site_id = own.site_id), INTERVAL '1 hour'
           ) AS hours (hour),
           unnest(own.names, others) AS renamed (name, other)
     WHERE u.site_id = own.site_id AND u.hour = hours.hour AND u.user_id = renamed.name;
    UPDATE late_user AS late SET user_id = renamed.other
      FROM unnest(own.names, others) AS renamed (name, other)
     WHERE late.site_id = own.site_id AND late.hour < kept AND late.user_id = renamed.name;
END
$$;
