SET LOCAL ROLE hourglass_owner;

-- One row: a value that many hits share. digest is the first 16 bytes of the SHA-256 of the text, or of the packed
-- texts of the columns, so that a value of any length is found by a small index.
CREATE TABLE name (
    id      integer          GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id integer          NOT NULL,
    text    text COLLATE "C" NOT NULL,
    digest  uuid             NOT NULL,
    UNIQUE (site_id, digest)
);
CREATE TABLE host (LIKE name INCLUDING ALL);
CREATE TABLE path (LIKE name INCLUDING ALL);
CREATE TABLE title (LIKE name INCLUDING ALL);

-- One row: a place that visitors of a site come from, as a database of addresses knows it.
CREATE TABLE place (
    id            integer          GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id       integer          NOT NULL,
    country       text COLLATE "C",
    region        text COLLATE "C",
    city          text COLLATE "C",
    continent     text COLLATE "C",
    subdivision_2 text COLLATE "C",
    latitude      real,
    longitude     real,
    radius        integer,
    zone          text COLLATE "C",
    digest        uuid             NOT NULL,
    UNIQUE (site_id, digest)
);

-- One row: the software and the device of visitors of a site.
CREATE TABLE agent (
    id              integer          GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id         integer          NOT NULL,
    browser         text COLLATE "C",
    browser_version text COLLATE "C",
    os              text COLLATE "C",
    os_version      text COLLATE "C",
    device          text COLLATE "C",
    screen          text COLLATE "C",
    language        text COLLATE "C",
    digest          uuid             NOT NULL,
    UNIQUE (site_id, digest)
);

-- One row: a way that led visitors to a site.
CREATE TABLE origin (
    id           integer          GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id      integer          NOT NULL,
    source       text COLLATE "C",
    channel      text COLLATE "C",
    referrer     text COLLATE "C",
    utm_source   text COLLATE "C",
    utm_medium   text COLLATE "C",
    utm_campaign text COLLATE "C",
    utm_content  text COLLATE "C",
    utm_term     text COLLATE "C",
    digest       uuid             NOT NULL,
    UNIQUE (site_id, digest)
);

-- One row: the most entries that a site may have in a dictionary; site 0 stands for the sites without a row. Beyond
-- the limit hits refer to the entry `(other)`.
CREATE TABLE dictionary_limit (
    site_id    integer NOT NULL,
    dictionary text    NOT NULL,
    entries    integer NOT NULL CHECK (entries >= 0),
    PRIMARY KEY (site_id, dictionary)
);
INSERT INTO dictionary_limit (site_id, dictionary, entries) VALUES
    (0, 'name', 1000), (0, 'host', 1000), (0, 'path', 500000), (0, 'title', 500000), (0, 'place', 500000),
    (0, 'agent', 50000), (0, 'origin', 200000);

-- One row: the number of entries of a site in a dictionary, and the number of times that a value found no room.
CREATE TABLE dictionary_size (
    site_id    integer NOT NULL,
    dictionary text    NOT NULL,
    entries    integer NOT NULL DEFAULT 0,
    others     bigint  NOT NULL DEFAULT 0,
    PRIMARY KEY (site_id, dictionary)
);
