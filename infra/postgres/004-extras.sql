-- GPUs and named amounts, as JSON: few nodes and claims have any, and nobody asks the database to look into it.
ALTER TABLE node ADD COLUMN IF NOT EXISTS extras text;
ALTER TABLE node ADD COLUMN IF NOT EXISTS claimed_extras text;
ALTER TABLE claim ADD COLUMN IF NOT EXISTS extras text;

INSERT INTO schema_version (version) VALUES (4) ON CONFLICT DO NOTHING;
