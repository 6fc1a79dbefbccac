-- The place up to which a spool has been delivered; an unknown spool is added, and begins at `first_record`.
CREATE OR REPLACE FUNCTION locate_spool(spool_id uuid, first_record bigint, is_empty boolean)
    RETURNS TABLE (record bigint, part integer)
    LANGUAGE sql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    INSERT INTO spool AS known (id, record, part) VALUES (spool_id, first_record, 0)
        ON CONFLICT (id) DO UPDATE SET emptied_at = CASE WHEN is_empty THEN now() ELSE known.emptied_at END
    RETURNING known.record, known.part
$$;

-- Notes that the transaction delivers the part of a spool between two places. Waits for the end of another transaction
-- that delivers from the same spool, and fails with HG002 when the spool has been delivered to another place than the
-- first one.
CREATE OR REPLACE FUNCTION advance_spool(
    spool_id uuid, from_record bigint, from_part integer, to_record bigint, to_part integer
) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    UPDATE spool SET record = to_record, part = to_part
     WHERE id = spool_id AND record = from_record AND part = from_part;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the spool has been delivered to another place' USING ERRCODE = 'HG002';
    END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION
    locate_spool(uuid, bigint, boolean), advance_spool(uuid, bigint, integer, bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    locate_spool(uuid, bigint, boolean), advance_spool(uuid, bigint, integer, bigint, integer) TO hourglass_ingest;
