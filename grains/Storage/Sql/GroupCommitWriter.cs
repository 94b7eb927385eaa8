using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>
/// The one writer of a database. Units queue up while a transaction is being made durable, and all that wait go into the next one, so that the
/// price of a sync to disk is shared. It blocks on the database, hence a thread of its own: grains and the thread pool never pay for that.
/// </summary>
internal sealed partial class GroupCommitWriter : IDisposable
{
    private readonly ISqlDialect _dialect;
    private readonly StoreLimits _limits;
    private readonly EventWatch _watch;
    private readonly StoreInstruments _instruments;
    private readonly TimeProvider _clock;
    private readonly Reopening _reopening;
    private readonly ILogger _logger;
    private readonly Channel<PendingUnit> _queue;
    private readonly Thread _thread;
    private IWriterSession? _session;

    public GroupCommitWriter(
        ISqlDialect dialect, StoreLimits limits, EventWatch watch, StoreInstruments instruments, TimeProvider clock, ILogger logger)
    {
        _reopening = new Reopening(clock);
        (_dialect, _limits, _watch, _instruments, _clock, _logger) = (dialect, limits, watch, instruments, clock, logger);
        _queue = Channel.CreateBounded<PendingUnit>(new BoundedChannelOptions(limits.QueuedUnits)
        {
            SingleReader = true,

            // Whoever queues a unit wakes the writer by itself; otherwise a busy thread pool would stand between the two.
            AllowSynchronousContinuations = true,
        });
        _session = dialect.OpenSession(limits.KeptEvents);
        _thread = new Thread(Run) { IsBackground = true, Name = "store-writer" };
        _thread.Start();
    }

    /// <summary>Cancelling takes a unit that still waits out of the queue; one that is being written is seen through.</summary>
    public Task<CommitResult> Commit(CommitUnit unit, CancellationToken cancellationToken)
    {
        var pending = new PendingUnit(unit, _clock.GetTimestamp(), cancellationToken);
        return _queue.Writer.TryWrite(pending) ? pending.Answer : CommitWhenThereIsRoom(pending, cancellationToken);
    }

    /// <summary>Writes what waits, then closes.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _reopening.Hurry();
        _thread.Join();
        _reopening.Dispose();
    }

    private async Task<CommitResult> CommitWhenThereIsRoom(PendingUnit pending, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(pending, cancellationToken);
        }
        catch (ChannelClosedException exception)
        {
            throw new StoreUnavailableException($"{_dialect.Description} is closed; nothing was written.", exception);
        }

        return await pending.Answer;
    }

    private void Run()
    {
        var batch = new List<PendingUnit>();
        var results = new List<CommitResult>();
        while (WaitForUnits())
        {
            // Units that come meanwhile wait in the queue, where their callers can still cancel them.
            if (_session is null)
                _reopening.Wait();
            TakeBatch(batch);
            if (batch.Count > 0)
                WriteBatch(batch, results);
            batch.Clear();
            results.Clear();
        }

        Close();
    }

    private bool WaitForUnits()
    {
        var waiting = _queue.Reader.WaitToReadAsync();
        return waiting.IsCompleted ? waiting.Result : waiting.AsTask().GetAwaiter().GetResult();
    }

    private void TakeBatch(List<PendingUnit> batch)
    {
        var rows = 0;
        while (rows < _limits.BatchRows && _queue.Reader.TryRead(out var pending))
        {
            if (pending.WasCancelled())
                continue;
            batch.Add(pending);
            rows += pending.Rows;
        }
    }

    private void WriteBatch(List<PendingUnit> batch, List<CommitResult> results)
    {
        try
        {
            _session ??= Reopen();
            var began = _clock.GetTimestamp();
            var newest = _session.Write(batch, results);
            _instruments.BatchWritten(batch, results, began);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Complete(results[i]);
            foreach (var (cluster, sequence) in newest)
                _watch.Committed(cluster, sequence);
        }
        catch (Exception exception)
        {
            DropSession();
            _instruments.BatchFailed(batch);
            LogFailure(_logger, exception, _dialect.Description, batch.Count);
            foreach (var pending in batch)
                pending.Fail(new StoreUnavailableException($"{_dialect.Description} failed while writing: {exception.Message}", exception));
        }
    }

    private IWriterSession Reopen()
    {
        _reopening.Attempted();
        var session = _dialect.OpenSession(_limits.KeptEvents);
        _reopening.Succeeded();
        return session;
    }

    private void DropSession()
    {
        try
        {
            _session?.Dispose();
        }
        catch (Exception exception)
        {
            LogDropFailure(_logger, exception, _dialect.Description);
        }

        _session = null;
    }

    private void Close()
    {
        try
        {
            _session?.Close();
        }
        catch (Exception exception)
        {
            LogDropFailure(_logger, exception, _dialect.Description);
        }

        DropSession();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Database} failed while writing {Units} units; their callers are told, and the next ones get a new connection")]
    private static partial void LogFailure(ILogger logger, Exception exception, string database, int units);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Database}: a connection did not close as it should")]
    private static partial void LogDropFailure(ILogger logger, Exception exception, string database);
}
