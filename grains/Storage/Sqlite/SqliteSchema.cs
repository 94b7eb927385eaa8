using System.Collections.Immutable;

namespace OrleansCluster.Grains.Storage.Sqlite;

internal static class SqliteSchema
{
    // Nodes and claims lie in the order of their keys (no rowid): one tree to write instead of two, and a job's claims are neighbours.
    // The newest event is never deleted, so sequence numbers only grow.
    private const string First =
        """
        CREATE TABLE node (
            cluster TEXT NOT NULL, node TEXT NOT NULL, etag INTEGER NOT NULL, status TEXT NOT NULL,
            cpu INTEGER NOT NULL, memory INTEGER NOT NULL, disk INTEGER NOT NULL,
            claimed_cpu INTEGER NOT NULL, claimed_memory INTEGER NOT NULL, claimed_disk INTEGER NOT NULL,
            attributes TEXT NOT NULL, runtime TEXT NOT NULL,
            PRIMARY KEY (cluster, node)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE claim (
            cluster TEXT NOT NULL, claim_id TEXT NOT NULL, node TEXT NOT NULL, task TEXT NOT NULL, attempt INTEGER NOT NULL,
            cpu INTEGER NOT NULL, memory INTEGER NOT NULL, disk INTEGER NOT NULL, ports TEXT NOT NULL,
            definition TEXT NOT NULL, team TEXT NOT NULL, taken_by TEXT NOT NULL,
            PRIMARY KEY (cluster, claim_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE grain_state (
            kind TEXT NOT NULL, key TEXT NOT NULL, etag INTEGER NOT NULL,
            cluster TEXT NOT NULL, parent TEXT NOT NULL, status TEXT NOT NULL, live INTEGER NOT NULL, json TEXT NOT NULL,
            PRIMARY KEY (kind, key)
        ) STRICT;
        CREATE INDEX grain_state_by_cluster ON grain_state (kind, cluster, key);
        CREATE INDEX grain_state_by_parent ON grain_state (kind, cluster, parent, key);
        CREATE INDEX grain_state_by_status ON grain_state (kind, cluster, status, key);
        CREATE INDEX grain_state_live ON grain_state (kind, cluster, key) WHERE live = 1;

        CREATE TABLE event (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, cluster TEXT NOT NULL, time INTEGER NOT NULL,
            type TEXT NOT NULL, subject TEXT NOT NULL, job TEXT NOT NULL, json TEXT NOT NULL
        ) STRICT;
        CREATE INDEX event_by_cluster ON event (cluster, seq);
        """;

    // What is placed already is of the group that it would be of without one of its own.
    private const string Groups =
        """
        ALTER TABLE node ADD COLUMN registered_at INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE node ADD COLUMN agent_version TEXT NOT NULL DEFAULT '';
        ALTER TABLE claim ADD COLUMN task_group TEXT NOT NULL DEFAULT '';
        UPDATE claim SET task_group = 'family:' || substr(definition, 1, instr(definition || ':', ':') - 1);
        """;

    // GPUs and named amounts, as JSON: few nodes and claims have any, and nobody asks the database to look into it.
    private const string Extras =
        """
        ALTER TABLE node ADD COLUMN extras TEXT;
        ALTER TABLE node ADD COLUMN claimed_extras TEXT;
        ALTER TABLE claim ADD COLUMN extras TEXT;
        """;

    // Who has to leave for whom is decided by claims alone.
    private const string Priorities =
        """
        ALTER TABLE claim ADD COLUMN priority INTEGER NOT NULL DEFAULT 50;
        ALTER TABLE claim ADD COLUMN claimed_at INTEGER NOT NULL DEFAULT 0;
        """;

    // The bytes of checkpoints, where no folder or bucket is configured for them; which of them count is in their tasks' states.
    private const string Checkpoints =
        """
        CREATE TABLE checkpoint (
            cluster TEXT NOT NULL, path TEXT NOT NULL, stored_at INTEGER NOT NULL, bytes BLOB NOT NULL,
            PRIMARY KEY (cluster, path)
        ) STRICT;
        """;

    // Who is committed whole leaves whole; few tasks are of a gang.
    private const string Gangs = "ALTER TABLE claim ADD COLUMN gang TEXT;";

    public static ImmutableArray<string> Migrations { get; } = [First, Groups, Extras, Priorities, Checkpoints, Gangs];
}
