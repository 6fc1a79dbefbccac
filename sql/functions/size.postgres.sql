-- The bytes of hits with their indexes.
CREATE OR REPLACE FUNCTION hit_bytes() RETURNS bigint
    LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(pg_total_relation_size(inhrelid)), 0)::bigint FROM pg_inherits WHERE inhparent = 'hit'::regclass
$$;
