using OrleansCluster.Tests.Api.EndToEnd;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.OverGrains;

/// <summary>Reading events, by their grain.</summary>
public sealed class EventsGrainTests : IAsyncLifetime
{
    private static readonly TimeSpan _wait = TimeSpan.FromSeconds(50);
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(20);

    private readonly string _data = Directory.CreateTempSubdirectory("ocs-events-").FullName;
    private SimulatedSilo _silo = null!;

    private IEventsGrain Events => _silo.Grain<IEventsGrain>(GrainKeys.Events("default"));

    public async ValueTask InitializeAsync() => _silo = await SimulatedSilo.Start(_data, "--runtime", "none");

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Read_FromTheBeginning_IsWhatTheApiStreams()
    {
        var job = await Submit("story");

        var batch = await Events.Read(new EventQuery { After = 0, Wait = TimeSpan.Zero }, default);
        var streamed = await _silo.Client.Events.ReadAsync(after: 0, jobId: null).Take(batch.Events.Length).ToListAsync();

        Assert.Equal(["job.submitted", "task.provisioning"], batch.Events.Where(e => e.Job == job).Select(e => e.Type));
        Assert.Equal(streamed.Select(e => (e.Sequence, e.Time, e.Type, e.Subject, e.Job)), batch.Events.Select(e => (e.Sequence, e.Time, e.Type, e.Subject, e.Job)));
        Assert.Equal(batch.Events[^1].Sequence, batch.Last);
        Assert.Equal(batch.Last, await Events.Last(default));
    }

    [Fact]
    public async Task Read_ByLimits_GivesEveryEventOnce()
    {
        await Submit("one");
        await Submit("two");
        var all = await Events.Read(new EventQuery { After = 0, Wait = TimeSpan.Zero }, default);

        var read = new List<long>();
        for (long after = 0; ;)
        {
            var batch = await Events.Read(new EventQuery { After = after, Limit = 0, Wait = TimeSpan.Zero }, default);
            if (batch.Events.IsEmpty)
                break;
            read.Add(Assert.Single(batch.Events).Sequence);
            after = batch.Last;
        }

        Assert.Equal(all.Events.Select(e => e.Sequence), read);
    }

    [Fact]
    public async Task Read_NothingNewYet_AnswersAtTheNextEventOfTheJobAskedFor()
    {
        var job = await Submit("awaited");
        var reading = Events.Read(new EventQuery { After = await Events.Last(default), Job = job, Wait = _wait }, default);

        await Submit("other");
        Assert.False(reading.IsCompleted);
        await _silo.Client.Jobs.StopAsync(job, "enough");

        var batch = await reading.WaitAsync(_soon);
        Assert.All(batch.Events, e => Assert.Equal(job, e.Job));
        Assert.Equal("job.stopping", batch.Events[0].Type);
    }

    [Fact]
    public async Task Read_OnlyOthersEvents_GoesOnBehindThem()
    {
        await Submit("other");

        var batch = await Events.Read(new EventQuery { After = 0, Job = "nobody", Wait = TimeSpan.FromMilliseconds(50) }, default);

        Assert.Empty(batch.Events);
        Assert.Equal(await Events.Last(default), batch.Last);
    }

    [Fact]
    public async Task Read_Cancelled_LetsTheCallerGo()
    {
        using var cancelled = new CancellationTokenSource();
        var reading = Events.Read(new EventQuery { After = long.MaxValue, Wait = _wait }, cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(_soon));
    }

    /// <summary>A job whose only task waits for a node: two events, and no more to come.</summary>
    private async Task<string> Submit(string name)
    {
        var job = await _silo.Client.Jobs.SubmitAsync(Job(name, Task("main")));
        await _silo.Client.WaitFor(job.Id, "is queued", j => j.Tasks[0].Queued == 1);
        return job.Id;
    }
}
