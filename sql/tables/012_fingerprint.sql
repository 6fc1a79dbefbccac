SET LOCAL ROLE hourglass_owner;

-- An idempotency key stands for one request: its fingerprint tells a repetition of the request from another one under
-- the same key. SHA-256; NULL where the key is older than this step, which matches every request.
ALTER TABLE idempotency_key ADD COLUMN fingerprint bytea;
