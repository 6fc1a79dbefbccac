-- The site that a session with people's own SQL may see. A statement can change the settings of its session, so the site
-- is signed: `site:session:end:signature`, where session is the process id of the session, end a moment in seconds since
-- 1970, and signature a digest that only those compute who may read the secret.

-- A digest under the secret. The inner digest is hashed again, as in HMAC, so that nobody can append to the text.
CREATE OR REPLACE FUNCTION query_signature(text text) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT encode(sha256(secret || sha256(secret || convert_to(text, 'UTF8'))), 'hex') FROM query_secret
$$;
REVOKE EXECUTE ON FUNCTION query_signature(text) FROM PUBLIC;

-- Signs a site for a session, for a minute.
CREATE OR REPLACE FUNCTION sign_site(site integer, session integer) RETURNS text
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT text || ':' || query_signature(text)
      FROM (SELECT format('%s:%s:%s', site, session, extract(epoch FROM clock_timestamp())::bigint + 60) AS text) AS signed
$$;
REVOKE EXECUTE ON FUNCTION sign_site(integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sign_site(integer, integer) TO hourglass_read;

-- The site in the setting `hourglass.site`, if it is signed for this session, or if the login needs no signature because
-- it may read all sites.
CREATE OR REPLACE FUNCTION signed_site(login text) RETURNS integer
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    setting text := current_setting('hourglass.site', true);
    parts   text[] := string_to_array(setting, ':');
BEGIN
    IF setting ~ '^[0-9]{1,9}$' AND pg_has_role(login, 'hourglass_read', 'MEMBER') THEN
        RETURN setting::integer;
    END IF;
    IF setting !~ '^[0-9]{1,9}:[0-9]{1,10}:[0-9]{1,12}:[0-9a-f]{64}$' THEN
        RETURN NULL;
    END IF;
    IF parts[2] = pg_backend_pid()::text AND parts[3]::bigint >= extract(epoch FROM transaction_timestamp())
        AND parts[4] = query_signature(array_to_string(parts[1:3], ':'))
    THEN
        RETURN parts[1]::integer;
    END IF;
    RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION signed_site(text) FROM PUBLIC;
