using System.Collections.Immutable;
using System.Data.Common;
using Dapper;

namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>One connection for reading.</summary>
internal sealed class ReaderSession : IDisposable
{
    private const string StateColumns = "kind, key, etag, cluster, parent, status, live, json";

    private readonly ISqlDialect _dialect;
    private readonly DbConnection _connection;
    private readonly Statement _state;
    private readonly Statement _index;

    public ReaderSession(ISqlDialect dialect)
    {
        _dialect = dialect;
        _connection = dialect.OpenReader();
        _state = new Statement(_connection, $"SELECT etag, cluster, parent, status, live, json FROM grain_state WHERE kind = @kind AND key = @key");
        _index = new Statement(_connection, "SELECT cluster, parent, status, live FROM grain_state WHERE kind = @kind AND key = @key");
    }

    /// <summary>By hand and prepared: this runs once for every grain that is activated.</summary>
    public StateRow? ReadState(string kind, string key)
    {
        using var row = _state.Read(kind, key);
        return row.Read()
            ? new StateRow(
                kind, key, row.GetInt64(0), new StateIndex(row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4) != 0), row.GetString(5))
            : null;
    }

    public StateIndex? ReadStateIndex(string kind, string key)
    {
        using var row = _index.Read(kind, key);
        return row.Read() ? new StateIndex(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3) != 0) : null;
    }

    public ImmutableArray<StateRow> ListStates(StateQuery query) =>
        [.. _connection.Query<StateRecord>(ListingSql(query), query).Select(record => record.ToRow())];

    public ClusterRows ReadCluster(string cluster)
    {
        using var moment = _dialect.BeginSnapshot(_connection);
        var nodes = _connection.Query<NodeRecord>(
            """
            SELECT node, etag, status, cpu, memory, disk, claimed_cpu AS ClaimedCpu, claimed_memory AS ClaimedMemory, claimed_disk AS ClaimedDisk,
                attributes, runtime, registered_at AS RegisteredAt, agent_version AS AgentVersion, extras, claimed_extras AS ClaimedExtras
            FROM node WHERE cluster = @cluster ORDER BY node
            """,
            new { cluster },
            moment);
        var claims = _connection.Query<ClaimRecord>(
            """
            SELECT node, task, attempt, cpu, memory, disk, ports, definition, team, taken_by AS TakenBy, task_group AS "Group", extras,
                priority, claimed_at AS ClaimedAt, gang
            FROM claim WHERE cluster = @cluster ORDER BY claim_id
            """,
            new { cluster },
            moment,
            buffered: false);
        return new ClusterRows([.. nodes.Select(record => record.ToRow())], [.. claims.Select(record => record.ToRow())]);
    }

    public ImmutableArray<EventRow> ReadEvents(string cluster, long after, int limit) =>
    [
        .. _connection.Query<EventRecord>(
            "SELECT seq, time, type, subject, job, json FROM event WHERE cluster = @cluster AND seq > @after ORDER BY seq LIMIT @limit",
            new { cluster, after, limit })
            .Select(record => record.ToRow()),
    ];

    public long LastEvent(string cluster) =>
        _connection.ExecuteScalar<long?>("SELECT max(seq) FROM event WHERE cluster = @cluster", new { cluster }) ?? 0;

    internal static string ListingSql(StateQuery query)
    {
        // Written out rather than bound, so that the database can use its index of live states.
        var live = query.IsLive switch { null => "", true => " AND live = 1", false => " AND live = 0" };
        return $"SELECT {StateColumns} FROM grain_state WHERE kind = @Kind AND cluster = @Cluster"
            + (query.Parent is null ? "" : " AND parent = @Parent")
            + (query.Status is null ? "" : " AND status = @Status")
            + (query.AfterKey is null ? "" : " AND key > @AfterKey")
            + live
            + " ORDER BY key LIMIT @Limit";
    }

    public void Dispose()
    {
        _state.Dispose();
        _index.Dispose();
        _connection.Dispose();
    }
}
