-- Deletes the aggregates of a removed site.
CREATE OR REPLACE FUNCTION remove_aggregates(site integer) RETURNS void
    LANGUAGE sql AS $$
    DELETE FROM user_hour WHERE site_id = site;
    DELETE FROM second_count WHERE site_id = site;
$$;
