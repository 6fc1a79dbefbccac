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
