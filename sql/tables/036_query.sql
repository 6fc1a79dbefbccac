SET LOCAL ROLE hourglass_owner;

-- One row: the secret by which the site is signed that a session with people's own SQL may see.
CREATE TABLE query_secret (
    secret bytea   NOT NULL CHECK (octet_length(secret) = 32),
    one    boolean PRIMARY KEY DEFAULT true CHECK (one)
);
INSERT INTO query_secret (secret)
SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

-- The site that the session may see; NULL for none. The views have the condition `site_id = (SELECT current_site())`, so
-- it is read once for each of them, by the leader of parallel workers.
CREATE FUNCTION hourglass_query.current_site() RETURNS integer
    LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    RETURN signed_site(session_user::text);
END
$$;

-- Refuses a row of an answer, which a client would hold in memory as a whole.
CREATE FUNCTION hourglass_query.refuse_row() RETURNS boolean
    LANGUAGE plpgsql VOLATILE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE program_limit_exceeded USING MESSAGE = 'a row of the answer takes more than 1 MB',
        HINT = 'Ask for fewer columns, or for shorter texts.';
END
$$;
REVOKE EXECUTE ON FUNCTION hourglass_query.current_site(), hourglass_query.refuse_row() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hourglass_query.current_site(), hourglass_query.refuse_row()
    TO hourglass_query, hourglass_read;
