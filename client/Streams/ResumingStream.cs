using System.Runtime.CompilerServices;
using OrleansCluster.Client.Http;

namespace OrleansCluster.Client.Streams;

/// <summary>Reads a stream and opens it again where it broke: the opener knows from where to go on.</summary>
internal sealed class ResumingStream<T>(ApiConnection connection, Func<CancellationToken, Task<IAsyncEnumerable<T>>> open)
{
    /// <summary>Whether a stream that ended in order is at its end; if not, as when a silo stops, it is opened again.</summary>
    public required Func<CancellationToken, Task<bool>> IsAtEnd { get; init; }

    public async IAsyncEnumerable<T> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var failures = 0;
        var hasWorked = false;
        while (true)
        {
            await using var items = new LazyEnumerator(open, cancellationToken);
            while (true)
            {
                var step = await StepAsync(items, cancellationToken);
                hasWorked |= items.IsOpen;
                if (step.Failure is { } failure)
                {
                    if (++failures >= (hasWorked ? connection.ReconnectAttempts : connection.Attempts)) throw connection.Unreachable(failure);
                    break;
                }

                failures = 0;
                if (step.HasItem) yield return items.Current;
                else if (await IsAtEnd(cancellationToken)) yield break;
                else break;
            }

            await Task.Delay(Backoff.After(failures), connection.Time, cancellationToken);
        }
    }

    private static async Task<Step> StepAsync(LazyEnumerator items, CancellationToken cancellationToken)
    {
        try
        {
            return new Step(await items.MoveNextAsync(), Failure: null);
        }
        catch (Exception exception) when (Transient.Is(exception))
        {
            return new Step(HasItem: false, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new Step(HasItem: false, exception);
        }
    }

    private readonly record struct Step(bool HasItem, Exception? Failure);

    /// <summary>Opens with the first move, so that opening and reading fail in one place.</summary>
    private sealed class LazyEnumerator(Func<CancellationToken, Task<IAsyncEnumerable<T>>> open, CancellationToken cancellationToken) : IAsyncDisposable
    {
        private IAsyncEnumerator<T>? _items;

        public bool IsOpen => _items is not null;
        public T Current => _items!.Current;

        public async Task<bool> MoveNextAsync()
        {
            _items ??= (await open(cancellationToken)).GetAsyncEnumerator(cancellationToken);
            return await _items.MoveNextAsync();
        }

        public ValueTask DisposeAsync() => _items?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
