SET LOCAL ROLE hourglass_owner;

-- One row: a link by which everybody who has it may ask for the reports of a site. filters are conditions that every
-- question is answered with, as queries write them; digest is the SHA-256 of the link's text, which is shown once.
CREATE TABLE share (
    id         integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id    integer     NOT NULL REFERENCES site,
    label      text        NOT NULL,
    filters    jsonb       NOT NULL CHECK (jsonb_typeof(filters) = 'array'),
    digest     bytea       NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    used_at    timestamptz,
    revoked_at timestamptz
);
CREATE INDEX share_site ON share (site_id);
GRANT SELECT ON share TO hourglass_registry;
