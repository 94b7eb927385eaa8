using System.Collections.Immutable;
using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>The store over a relational database: one writer that commits in groups, and readers beside it that never wait for it.</summary>
internal sealed partial class SqlStore : ITransactionalStore, IDisposable
{
    private readonly IDisposable _occupation;
    private readonly EventWatch _watch;
    private readonly ReaderPool _readers;
    private readonly GroupCommitWriter _writer;

    private SqlStore(IDisposable occupation, EventWatch watch, ReaderPool readers, GroupCommitWriter writer)
    {
        (_occupation, _watch, _readers, _writer) = (occupation, watch, readers, writer);
    }

    /// <exception cref="InvalidOperationException">The database is in use, or newer than this program.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be opened.</exception>
    public static SqlStore Open(ISqlDialect dialect, StoreLimits limits, StoreInstruments instruments, TimeProvider clock, ILogger<SqlStore> logger)
    {
        limits.Validate();
        var occupation = dialect.Occupy();
        try
        {
            var version = Schema.Migrate(dialect);
            var watch = new EventWatch(clock, TaskCreationOptions.RunContinuationsAsynchronously);
            var writer = new GroupCommitWriter(dialect, limits, watch, instruments, logger);
            LogOpened(logger, dialect.Description, version);
            return new SqlStore(occupation, watch, new ReaderPool(dialect, limits.Readers), writer);
        }
        catch (DbException exception)
        {
            occupation.Dispose();
            throw new StoreUnavailableException($"{dialect.Description} cannot be opened: {exception.Message}", exception);
        }
        catch
        {
            occupation.Dispose();
            throw;
        }
    }

    public Task<CommitResult> Commit(CommitUnit unit, CancellationToken cancellationToken)
    {
        unit.Validate();
        return _writer.Commit(unit, cancellationToken);
    }

    public Task<StateRow?> ReadState(string kind, string key, CancellationToken cancellationToken) =>
        _readers.ReadShort(reader => reader.ReadState(kind, key), cancellationToken);

    public Task<ImmutableArray<StateRow>> ListStates(StateQuery query, CancellationToken cancellationToken)
    {
        query.Validate();
        return _readers.ReadLong(reader => reader.ListStates(query), cancellationToken);
    }

    public Task<ClusterRows> ReadCluster(string cluster, CancellationToken cancellationToken) =>
        _readers.ReadLong(reader => reader.ReadCluster(cluster), cancellationToken);

    public Task<ImmutableArray<EventRow>> ReadEvents(string cluster, long after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return _readers.ReadLong(reader => reader.ReadEvents(cluster, after, limit), cancellationToken);
    }

    public Task<long> LastEvent(string cluster, CancellationToken cancellationToken) =>
        _readers.ReadShort(reader => reader.LastEvent(cluster), cancellationToken);

    public async Task WaitForEvents(string cluster, long after, TimeSpan longest, CancellationToken cancellationToken)
    {
        // What an earlier process committed counts as well: whoever resumes behind it has something to read.
        if (!_watch.Knows(cluster))
            _watch.Committed(cluster, await LastEvent(cluster, cancellationToken));
        await _watch.Wait(cluster, after, longest, cancellationToken);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _readers.Dispose();
        _occupation.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Database} is open, schema version {Version}")]
    private static partial void LogOpened(ILogger logger, string database, int version);
}
