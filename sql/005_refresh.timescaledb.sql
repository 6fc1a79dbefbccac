SET LOCAL ROLE hourglass_owner;

-- Brings the aggregates of one closed hour up to date. The marks are read first: an event whose mark was seen
-- is seen by the refresh too, and a mark that comes later stays.
-- The refresh is forced, because then nothing depends on which changes the extension has noticed.
-- Not in a transaction block: a refresh commits by itself.
CREATE PROCEDURE refresh_hour(target timestamptz)
    LANGUAGE plpgsql AS $$
DECLARE
    marks bigint[] := (SELECT array_agg(id) FROM hourglass.touched_hour WHERE hour = target);
BEGIN
    CALL public.refresh_continuous_aggregate(
        'hourglass.second_count', target, target + INTERVAL '1 hour', force => true);
    CALL public.refresh_continuous_aggregate(
        'hourglass.user_hour', target, target + INTERVAL '1 hour', force => true);
    DELETE FROM hourglass.touched_hour WHERE id = ANY (marks);
END
$$;
