SET LOCAL ROLE hourglass_owner;

-- The most entries that hits without a server key may bring to a dictionary of a site in a minute, since anybody can
-- send such hits; and those that came in the minute that began at `minute`.
ALTER TABLE dictionary_limit ADD COLUMN entries_a_minute integer NOT NULL DEFAULT 5000 CHECK (entries_a_minute >= 0);
ALTER TABLE dictionary_size ADD COLUMN minute timestamptz NOT NULL DEFAULT '-infinity';
ALTER TABLE dictionary_size ADD COLUMN minute_entries integer NOT NULL DEFAULT 0;

-- These have one argument more now (functions/dictionary).
DO $drop$
DECLARE
    dictionary text;
BEGIN
    FOREACH dictionary IN ARRAY ARRAY['name', 'host', 'path', 'title', 'place', 'agent', 'origin'] LOOP
        EXECUTE format('DROP FUNCTION IF EXISTS hourglass.%I(integer[], uuid[], json)', dictionary || '_ids');
    END LOOP;
END
$drop$;
