using Orleans.Concurrency;

namespace OrleansCluster.Tests.Engine.Embedded;

/// <summary>A board that producers post to and consumers long-poll.</summary>
internal interface IBoardGrain : IGrainWithStringKey
{
    Task Post(string item);

    [AlwaysInterleave, ResponseTimeout("00:00:10")]
    Task<int> WaitBeyond(int seen, CancellationToken cancellationToken);
}

internal interface IProducerGrain : IGrainWithStringKey
{
    Task Produce(string board, int items);
}

internal sealed class BoardGrain(
    [PersistentState("board", "memory")] IPersistentState<BoardState> state, TimeProvider time) : Grain, IBoardGrain
{
    private TaskCompletionSource _changed = new();

    public async Task Post(string item)
    {
        state.State.Items.Add(item);
        await state.WriteStateAsync();
        var changed = _changed;
        _changed = new TaskCompletionSource();
        changed.SetResult();
    }

    public async Task<int> WaitBeyond(int seen, CancellationToken cancellationToken)
    {
        try
        {
            while (state.State.Items.Count <= seen)
                await _changed.Task.WaitAsync(TimeSpan.FromSeconds(2), time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Nothing new: the reader asks again.
        }

        return state.State.Items.Count;
    }
}

internal sealed class BoardState
{
    public List<string> Items { get; } = [];
}

internal sealed class ProducerGrain(TimeProvider time) : Grain, IProducerGrain
{
    public Task Produce(string board, int items)
    {
        var left = items;
        IGrainTimer? timer = null;
        timer = this.RegisterGrainTimer(
            async () =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(left % 3), time);
                await GrainFactory.GetGrain<IBoardGrain>(board).Post($"{this.GetPrimaryKeyString()} {left}");
                if (--left == 0) timer!.Dispose();
            },
            TimeSpan.FromMilliseconds(1),
            TimeSpan.FromMilliseconds(1));
        return Task.CompletedTask;
    }
}
