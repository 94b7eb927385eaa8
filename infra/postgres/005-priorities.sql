-- Who has to leave for whom is decided by claims alone.
ALTER TABLE claim ADD COLUMN IF NOT EXISTS priority integer NOT NULL DEFAULT 50;
ALTER TABLE claim ADD COLUMN IF NOT EXISTS claimed_at bigint NOT NULL DEFAULT 0;

INSERT INTO schema_version (version) VALUES (5) ON CONFLICT DO NOTHING;
