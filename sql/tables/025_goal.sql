SET LOCAL ROLE hourglass_owner;

-- One row: something that visitors of a site are wanted to do. pattern is the name of the event of the kind `event`, and a
-- pattern of paths of the others; depth is the least depth of scrolling in per cent; name is what the goal is shown as, and
-- what filters name; display is the name that the owner of the site gave it; properties are those that a hit has to have.
CREATE TABLE goal (
    id         integer          GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id    integer          NOT NULL REFERENCES site,
    kind       text             NOT NULL CHECK (kind IN ('event', 'page', 'scroll')),
    pattern    text             NOT NULL,
    depth      integer          CHECK (depth BETWEEN 1 AND 100),
    name       text COLLATE "C" NOT NULL,
    display    text,
    properties jsonb            NOT NULL DEFAULT '{}',
    currency   text             CHECK (currency ~ '^[A-Z]{3}$'),
    created_at timestamptz      NOT NULL DEFAULT now(),
    UNIQUE (site_id, name),
    CHECK ((depth IS NOT NULL) = (kind = 'scroll'))
);

GRANT SELECT ON goal TO hourglass_registry;
