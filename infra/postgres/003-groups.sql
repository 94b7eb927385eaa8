-- What placement constraints ask for: the group of each claim's task, and of a node when it joined and its agent's version.

ALTER TABLE node ADD COLUMN IF NOT EXISTS registered_at bigint NOT NULL DEFAULT 0;
ALTER TABLE node ADD COLUMN IF NOT EXISTS agent_version text NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN IF NOT EXISTS task_group text NOT NULL DEFAULT '';

-- What is placed already is of the group that it would be of without one of its own.
UPDATE claim SET task_group = 'family:' || split_part(definition, ':', 1) WHERE task_group = '';

INSERT INTO schema_version (version) VALUES (3) ON CONFLICT DO NOTHING;
