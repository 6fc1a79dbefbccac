-- The bytes of hits with their indexes, compressed or not.
CREATE OR REPLACE FUNCTION hit_bytes() RETURNS bigint
    LANGUAGE sql STABLE SET search_path = hourglass, public, pg_temp AS $$
    SELECT coalesce(hypertable_size('hourglass.hit'), 0)
$$;
