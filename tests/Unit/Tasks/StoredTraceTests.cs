using System.Text.Json;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Grains.Tasks.Jobs;

namespace OrleansCluster.Tests.Unit.Tasks;

/// <summary>Records outlive the program that wrote them: those without a trace are read, and written as before.</summary>
public sealed class StoredTraceTests
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Theory]
    [InlineData(null)]
    [InlineData(Trace)]
    public void JobRecord_WithOrWithoutATrace_ComesBack(string? trace)
    {
        var record = new JobRecord
        {
            Id = "a", Spec = new JobSpec { Name = "a", Tasks = [] }, Tasks = [], Status = JobStatus.Running, CreatedAt = DateTimeOffset.UnixEpoch, TraceParent = trace,
        };

        var json = JsonSerializer.Serialize(record, StoreJson.Options);

        Assert.Equal(trace is not null, json.Contains("traceParent", StringComparison.Ordinal));
        Assert.Equal(trace, JsonSerializer.Deserialize<JobRecord>(json, StoreJson.Options)!.TraceParent);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Trace)]
    public void TaskRecord_WithOrWithoutATrace_ComesBack(string? trace)
    {
        var start = new TaskStart
        {
            JobId = "a", Name = "b", Index = 0, Count = 1, Team = "default", Priority = 50, Definition = "d:1", Resources = default, Essential = [], TraceParent = trace,
        };

        var json = JsonSerializer.Serialize(TaskTransitions.Start(start, DateTimeOffset.UnixEpoch), StoreJson.Options);

        Assert.Equal(trace is not null, json.Contains("traceParent", StringComparison.Ordinal));
        Assert.Equal(trace, JsonSerializer.Deserialize<TaskRecord>(json, StoreJson.Options)!.Start.TraceParent);
    }
}
