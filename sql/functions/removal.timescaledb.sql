-- Deletes the aggregates of a removed site. A continuous aggregate that was refreshed would do so too, but lose the hours
-- whose events retention has dropped.
CREATE OR REPLACE FUNCTION remove_aggregates(site integer) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    part text;
BEGIN
    FOR part IN
        SELECT format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name)
          FROM timescaledb_information.continuous_aggregates
         WHERE view_schema = 'hourglass'
    LOOP
        EXECUTE format('DELETE FROM %s WHERE site_id = $1', part) USING site;
    END LOOP;
END
$$;

-- Gives users of some hours other names in the aggregates, beneath the continuous aggregate, which cannot be refreshed
-- without their events.
CREATE OR REPLACE FUNCTION rename_aggregated(site integer, hours timestamptz[], names text[], others text[]) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    part text := (
        SELECT format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name)
          FROM timescaledb_information.continuous_aggregates
         WHERE view_schema = 'hourglass' AND view_name = 'user_hour'
    );
BEGIN
    EXECUTE format(
        'UPDATE %s AS u SET user_id = renamed.other FROM unnest($1, $2) AS renamed (name, other)
          WHERE u.site_id = $3 AND u.hour = ANY ($4) AND u.user_id = renamed.name', part
    ) USING names, others, site, hours;
END
$$;
