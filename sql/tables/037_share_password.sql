SET LOCAL ROLE hourglass_owner;

-- password is a hash by scrypt with its parameters (PHC string format), as that of an account; NULL for a link that needs
-- none.
ALTER TABLE share ADD COLUMN password text;
