namespace OrleansCluster.Tests.Engine.Grains;

[GenerateSerializer, Alias("engine.counter-state")]
internal sealed class CounterState
{
    [Id(0)]
    public int Value { get; set; }

    public override string ToString() => $"{Value}";
}

/// <summary>A grain with state.</summary>
[Alias("engine.counter")]
internal interface ICounterGrain : IGrainWithStringKey
{
    [Alias("add")]
    Task<int> Add(int value);

    [Alias("get")]
    Task<(int Value, bool Exists, int Activation)> Get();

    [Alias("clear")]
    Task Clear();

    [Alias("refresh")]
    Task<int> Refresh();

    [Alias("add-by")]
    Task<int> AddTo(string key, int value);

    [Alias("write-thrice")]
    Task WriteThrice();
}

internal sealed class CounterGrain([PersistentState("counter", "memory")] IPersistentState<CounterState> state, Probe probe)
    : Grain, ICounterGrain
{
    private int _activation;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Report($"activated with {state.State.Value}");
        _activation = probe.Events.Count(e => e.StartsWith("activated", StringComparison.Ordinal));
        return Task.CompletedTask;
    }

    public async Task<int> Add(int value)
    {
        state.State = new CounterState { Value = state.State.Value + value };
        await state.WriteStateAsync();
        return state.State.Value;
    }

    public Task<(int Value, bool Exists, int Activation)> Get() => Task.FromResult((state.State.Value, state.RecordExists, _activation));

    public Task Clear() => state.ClearStateAsync();

    public async Task<int> Refresh()
    {
        await state.ReadStateAsync();
        return state.State.Value;
    }

    public Task<int> AddTo(string key, int value) => GrainFactory.GetGrain<ICounterGrain>(key).Add(value);

    public async Task WriteThrice()
    {
        Task[] writes = new Task[3];
        for (var i = 0; i < writes.Length; i++)
        {
            state.State = new CounterState { Value = i + 1 };
            writes[i] = state.WriteStateAsync();
            await Task.Yield();
        }

        probe.Report("asked to write");
        await Task.WhenAll(writes);
    }
}
