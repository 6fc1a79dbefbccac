SET LOCAL ROLE hourglass_owner;

-- One row: filters that were saved under a name. filters are conditions as queries write them, all of which a hit has to
-- meet; owner is the account whose segment it is, and NULL for one of everybody who may see the site.
CREATE TABLE segment (
    id         integer          GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id    integer          NOT NULL REFERENCES site,
    owner      integer,
    name       text COLLATE "C" NOT NULL,
    filters    jsonb            NOT NULL CHECK (jsonb_typeof(filters) = 'array'),
    created_at timestamptz      NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX segment_name ON segment (site_id, coalesce(owner, 0), name);

-- One row: what happened on a date, in the zone of the site.
CREATE TABLE note (
    id         integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id    integer     NOT NULL REFERENCES site,
    date       date        NOT NULL,
    text       text        NOT NULL CHECK (char_length(text) <= 500),
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX note_date ON note (site_id, date);

GRANT SELECT ON segment, note TO hourglass_registry;
