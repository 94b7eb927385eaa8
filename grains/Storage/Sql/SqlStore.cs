using System.Collections.Immutable;
using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>The store over a relational database: one writer that commits in groups, and readers beside it that never wait for it.</summary>
internal sealed partial class SqlStore : ITransactionalStore, IDisposable
{
    private readonly IDisposable? _occupation;
    private readonly EventWatch _watch;
    private readonly EventPoller? _poller;
    private readonly bool _readsAtOnce;
    private readonly ReaderPool _readers;
    private readonly GroupCommitWriter _writer;

    private SqlStore(
        ISqlDialect dialect, IDisposable? occupation, EventWatch watch, ReaderPool readers, GroupCommitWriter writer, TimeProvider clock)
    {
        (_occupation, _watch, _readers, _writer, _readsAtOnce) = (occupation, watch, readers, writer, dialect.ReadsAtOnce);
        _poller = dialect.EventPolling is { } interval ? new EventPoller(watch, clock, interval, LastEvent) : null;
    }

    /// <exception cref="InvalidOperationException">The database is in use, or newer than this program.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be opened.</exception>
    public static SqlStore Open(ISqlDialect dialect, StoreLimits limits, StoreInstruments instruments, TimeProvider clock, ILogger<SqlStore> logger)
    {
        limits.Validate();
        IDisposable? occupation = null;
        try
        {
            occupation = dialect.Occupy();
            var version = dialect.PrepareSchema();
            var watch = new EventWatch(clock, TaskCreationOptions.RunContinuationsAsynchronously);
            var writer = new GroupCommitWriter(dialect, limits, watch, instruments, clock, logger);
            LogOpened(logger, dialect.Description, version);
            return new SqlStore(dialect, occupation, watch, new ReaderPool(dialect, limits.Readers), writer, clock);
        }
        catch (DbException exception)
        {
            occupation?.Dispose();
            throw new StoreUnavailableException($"{dialect.Description} cannot be opened: {exception.Message}", exception);
        }
        catch
        {
            occupation?.Dispose();
            throw;
        }
    }

    public Task<CommitResult> Commit(CommitUnit unit, CancellationToken cancellationToken)
    {
        unit.Validate();
        return _writer.Commit(unit, cancellationToken);
    }

    public Task<StateRow?> ReadState(string kind, string key, CancellationToken cancellationToken) =>
        Read(reader => reader.ReadState(kind, key), cancellationToken);

    public Task<StateIndex?> ReadStateIndex(string kind, string key, CancellationToken cancellationToken) =>
        Read(reader => reader.ReadStateIndex(kind, key), cancellationToken);

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
        Read(reader => reader.LastEvent(cluster), cancellationToken);

    public async Task WaitForEvents(string cluster, long after, TimeSpan longest, CancellationToken cancellationToken)
    {
        // What an earlier process committed counts as well: whoever resumes behind it has something to read.
        if (!_watch.Knows(cluster))
            _watch.Committed(cluster, await LastEvent(cluster, cancellationToken));
        await (_poller is null ? _watch.Wait(cluster, after, longest, cancellationToken) : _poller.Wait(cluster, after, longest, cancellationToken));
    }

    public void Dispose()
    {
        _writer.Dispose();
        _readers.Dispose();
        _occupation?.Dispose();
    }

    private Task<T> Read<T>(Func<ReaderSession, T> read, CancellationToken cancellationToken) =>
        _readsAtOnce ? _readers.ReadShort(read, cancellationToken) : _readers.ReadLong(read, cancellationToken);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Database} is open, schema version {Version}")]
    private static partial void LogOpened(ILogger logger, string database, int version);
}
