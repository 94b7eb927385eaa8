using System.Collections.Concurrent;
using System.Data.Common;

namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>A bounded number of connections for reading, opened when first needed and used again.</summary>
internal sealed class ReaderPool(ISqlDialect dialect, int size) : IDisposable
{
    private readonly SemaphoreSlim _free = new(size, size);
    private readonly ConcurrentBag<ReaderSession> _idle = [];
    private volatile bool _closed;

    /// <summary>For reads of a row by its key: shorter than a change of threads, so they happen on the caller's.</summary>
    public async Task<T> ReadShort<T>(Func<ReaderSession, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return Read(read);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>For reads of many rows: drivers such as SQLite's block while they read, and a grain's turn must not.</summary>
    public async Task<T> ReadLong<T>(Func<ReaderSession, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await Task.Factory.StartNew(() => Read(read), cancellationToken, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        _closed = true;
        CloseIdle();
    }

    private T Read<T>(Func<ReaderSession, T> read)
    {
        if (_closed)
            throw new StoreUnavailableException($"{dialect.Description} is closed.");
        try
        {
            if (_idle.TryTake(out var idle))
            {
                try
                {
                    return Read(idle, read);
                }
                catch (DbException)
                {
                    // The server may have been away since it was used last, and so for all the others; reading again does no harm.
                    CloseIdle();
                }
            }

            return Read(new ReaderSession(dialect), read);
        }
        catch (DbException exception)
        {
            throw new StoreUnavailableException($"{dialect.Description} failed while reading: {exception.Message}", exception);
        }
    }

    private T Read<T>(ReaderSession session, Func<ReaderSession, T> read)
    {
        try
        {
            var answer = read(session);
            _idle.Add(session);
            if (_closed)
                CloseIdle();
            return answer;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out var session))
            session.Dispose();
    }
}
