-- Brings one closed hour up to date. The marks are read first: an event whose mark was seen is seen by the refresh too,
-- and a later mark stays.
-- The refresh is forced, so that it does not depend on the changes that the extension has noticed.
-- Not in a transaction block: a refresh commits by itself. (A procedure that commits can set no search path.)
CREATE OR REPLACE PROCEDURE refresh_hour(target timestamptz)
    LANGUAGE plpgsql AS $$
DECLARE
    marks bigint[] := (SELECT array_agg(id) FROM hourglass.touched_hour WHERE hour = target);
BEGIN
    INSERT INTO hourglass.refresh_under_way (hour) VALUES (target) ON CONFLICT DO NOTHING;
    COMMIT;
    IF to_regprocedure('public.refresh_continuous_aggregate(regclass, "any", "any", boolean, jsonb)') IS NULL THEN
        -- Before TimescaleDB 2.21.
        CALL public.refresh_continuous_aggregate(
            'hourglass.second_count', target, target + INTERVAL '1 hour', force => true);
    ELSE
        -- All seconds at once: from 2.28 on, an hour would be 360 refreshes of ten seconds.
        CALL public.refresh_continuous_aggregate(
            'hourglass.second_count', target, target + INTERVAL '1 hour', force => true,
            options => '{"buckets_per_batch": 0}');
    END IF;
    CALL public.refresh_continuous_aggregate(
        'hourglass.user_hour', target, target + INTERVAL '1 hour', force => true);
    PERFORM hourglass.roll(target);
    DELETE FROM hourglass.touched_hour WHERE id = ANY (marks);
    DELETE FROM hourglass.refresh_under_way;
END
$$;
