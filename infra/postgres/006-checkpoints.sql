-- The bytes of checkpoints, where no folder or bucket is configured for them; which of them count is in their tasks' states. They are compressed already, so
-- they are stored as they are.
CREATE TABLE IF NOT EXISTS checkpoint (
    cluster text COLLATE "C" NOT NULL,
    path text COLLATE "C" NOT NULL,
    stored_at bigint NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (cluster, path)
);
ALTER TABLE checkpoint ALTER COLUMN bytes SET STORAGE EXTERNAL;

INSERT INTO schema_version (version) VALUES (6) ON CONFLICT DO NOTHING;
