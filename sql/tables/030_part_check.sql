SET LOCAL ROLE hourglass_owner;

-- The last time that the hits of a part were compared with the rows.
ALTER TABLE part ADD COLUMN checked_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX part_checked_at ON part (checked_at);

-- One row at most: the number of days with hits that had no part when the server that maintains last looked.
CREATE TABLE part_gap (
    days integer NOT NULL,
    one  boolean PRIMARY KEY DEFAULT true CHECK (one)
);
GRANT SELECT, INSERT, UPDATE ON part_gap TO hourglass_maintain;
