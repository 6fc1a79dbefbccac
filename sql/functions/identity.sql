-- The rows that batches bring about named users: one with a device makes an alias, which lets the visitor `device` be
-- counted as the user from now on, any other makes or updates a person. Writers send persons before aliases, each in
-- order, so that they do not deadlock.
CREATE OR REPLACE VIEW identity AS
    SELECT last_seen AS ts, site_id, visitor, user_id, NULL::bigint AS device, traits FROM person;
GRANT INSERT ON identity TO hourglass_ingest;

CREATE OR REPLACE FUNCTION take_identity() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    IF NEW.device IS NOT NULL THEN
        INSERT INTO alias (site_id, visitor, user_visitor) VALUES (NEW.site_id, NEW.device, NEW.visitor)
            ON CONFLICT DO NOTHING;
        RETURN NEW;
    END IF;
    INSERT INTO person AS known (site_id, visitor, user_id, traits, first_seen, last_seen)
    VALUES (NEW.site_id, NEW.visitor, NEW.user_id, coalesce(NEW.traits, '{}'), NEW.ts, NEW.ts)
        ON CONFLICT (site_id, visitor) DO UPDATE
       SET traits = known.traits || excluded.traits,
           first_seen = least(known.first_seen, excluded.first_seen),
           last_seen = greatest(known.last_seen, excluded.last_seen)
     WHERE NEW.traits IS NOT NULL OR known.first_seen > excluded.first_seen OR known.last_seen < excluded.last_seen;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER take_identity INSTEAD OF INSERT ON identity FOR EACH ROW EXECUTE FUNCTION take_identity();
