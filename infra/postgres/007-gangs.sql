-- Who is committed whole leaves whole; few tasks are of a gang.
ALTER TABLE claim ADD COLUMN IF NOT EXISTS gang text COLLATE "C";

INSERT INTO schema_version (version) VALUES (7) ON CONFLICT DO NOTHING;
