-- The store's tables. Every migration may be applied again without harm, and ends by recording itself.

CREATE TABLE IF NOT EXISTS schema_version (
    version integer PRIMARY KEY,
    applied timestamptz NOT NULL DEFAULT now()
);

-- Text is compared byte by byte: listings are ordered alike on every server. A node's row changes with every claim on it, and no index holds
-- what changes: pages half empty take the new version beside the old one.
CREATE TABLE IF NOT EXISTS node (
    cluster text COLLATE "C" NOT NULL,
    node text COLLATE "C" NOT NULL,
    etag bigint NOT NULL,
    status text NOT NULL,
    cpu integer NOT NULL,
    memory integer NOT NULL,
    disk integer NOT NULL,
    claimed_cpu integer NOT NULL,
    claimed_memory integer NOT NULL,
    claimed_disk integer NOT NULL,
    attributes text NOT NULL,
    runtime text NOT NULL,
    PRIMARY KEY (cluster, node)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

CREATE TABLE IF NOT EXISTS claim (
    cluster text COLLATE "C" NOT NULL,
    claim_id text COLLATE "C" NOT NULL,
    node text COLLATE "C" NOT NULL,
    task text COLLATE "C" NOT NULL,
    attempt integer NOT NULL,
    cpu integer NOT NULL,
    memory integer NOT NULL,
    disk integer NOT NULL,
    ports text NOT NULL,
    definition text NOT NULL,
    team text NOT NULL,
    taken_by text NOT NULL,
    PRIMARY KEY (cluster, claim_id)
) WITH (autovacuum_vacuum_scale_factor = 0.05);

-- json is text: what a grain wrote is read back letter by letter, and nobody asks the database to look into it.
CREATE TABLE IF NOT EXISTS grain_state (
    kind text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    etag bigint NOT NULL,
    cluster text COLLATE "C" NOT NULL,
    parent text COLLATE "C" NOT NULL,
    status text COLLATE "C" NOT NULL,
    live integer NOT NULL,
    json text NOT NULL,
    PRIMARY KEY (kind, key)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX IF NOT EXISTS grain_state_by_cluster ON grain_state (kind, cluster, key);
CREATE INDEX IF NOT EXISTS grain_state_by_parent ON grain_state (kind, cluster, parent, key);
CREATE INDEX IF NOT EXISTS grain_state_by_status ON grain_state (kind, cluster, status, key);
CREATE INDEX IF NOT EXISTS grain_state_live ON grain_state (kind, cluster, key) WHERE live = 1;

-- No sequence: its numbers become visible in another order than that of commits. Writers take numbers one after the other, under a lock that
-- lasts to the end of their transaction.
CREATE TABLE IF NOT EXISTS event (
    seq bigint PRIMARY KEY,
    cluster text COLLATE "C" NOT NULL,
    time bigint NOT NULL,
    type text NOT NULL,
    subject text NOT NULL,
    job text NOT NULL,
    json text NOT NULL
);
CREATE INDEX IF NOT EXISTS event_by_cluster ON event (cluster, seq);

INSERT INTO schema_version (version) VALUES (1) ON CONFLICT DO NOTHING;
