SET LOCAL ROLE hourglass_owner;

-- Brings one closed hour up to date. The marks are read first: an event whose mark was seen is seen by the refresh too,
-- and a mark that comes later stays.
-- The refresh is forced, because then nothing depends on which changes the extension has noticed.
-- Not in a transaction block: a refresh commits by itself. (A procedure that commits can set no search path.)
CREATE PROCEDURE refresh_hour(target timestamptz)
    LANGUAGE plpgsql AS $$
DECLARE
    marks bigint[] := (SELECT array_agg(id) FROM hourglass.touched_hour WHERE hour = target);
BEGIN
    INSERT INTO hourglass.refresh_under_way (hour) VALUES (target) ON CONFLICT DO NOTHING;
    COMMIT;
    CALL public.refresh_continuous_aggregate(
        'hourglass.second_count', target, target + INTERVAL '1 hour', force => true);
    CALL public.refresh_continuous_aggregate(
        'hourglass.user_hour', target, target + INTERVAL '1 hour', force => true);
    PERFORM hourglass.roll(target);
    DELETE FROM hourglass.touched_hour WHERE id = ANY (marks);
    DELETE FROM hourglass.refresh_under_way;
END
$$;
