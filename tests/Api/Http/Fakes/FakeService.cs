using System.Collections.Immutable;

namespace OrleansCluster.Tests.Api.Http.Fakes;

/// <summary>Keeps what it was put, and what it was asked for.</summary>
internal sealed class FakeService : IServiceGrain
{
    public ServiceView? View { get; set; }
    public Refusal? Refusal { get; set; }
    public string Asked { get; private set; } = "";
    public List<TimeSpan> Waits { get; } = [];

    /// <summary>What a watch answers; by default the view at once.</summary>
    public Func<Task<ServiceView?>>? OnWatch { get; set; }

    public ImmutableArray<ServiceEndpoint> List { get; set; } = [];

    public Task<Answer<ServiceView>> Put(ServiceSpec spec, PutMode mode)
    {
        if (Refusal is not null)
            return Task.FromResult<Answer<ServiceView>>(Refusal);
        View = Samples.Service(spec);
        return Answer($"put {mode}");
    }

    public Task<ServiceView?> Get() => Task.FromResult(View);

    public Task<ServiceEndpoints?> Endpoints(long version, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait > TimeSpan.Zero)
            Waits.Add(wait);
        return Task.FromResult(View is null ? null : new ServiceEndpoints { Version = View.Version, Endpoints = List });
    }

    public Task<ServiceView?> Watch(long version, TimeSpan wait, CancellationToken cancellationToken)
    {
        Waits.Add(wait);
        return OnWatch is null ? Get() : OnWatch();
    }

    public Task<Answer<ServiceView>> Scale(int desiredCount) => Answer($"scale {desiredCount}");

    public Task<Answer<ServiceView>> Rollback() => Answer("rollback");

    public Task<Answer<ServiceView>> StopDeployment(bool rollback) => Answer($"stop {rollback}");

    public Task<Answer<ServiceView>> Approve(string? hook, int? deployment, bool approve) => Answer($"approve {hook} {deployment} {approve}");

    public Task<Answer<ServiceView>> Protect(string taskId, int seconds) => Answer($"protect {taskId} {seconds}");

    public Task<Answer<ServiceView>> Rebalance(bool isDry) => Answer($"rebalance {isDry}");

    public Task<Answer<ServiceView>> Delete() => Answer("delete");

    public Task TaskChanged(TaskView task) => throw new NotSupportedException();

    public Task Leave(string node, ImmutableArray<string> taskIds) => throw new NotSupportedException();

    public Task<Answer<ServiceMetric>> PutMetric(string metric, double value)
    {
        Asked = FormattableString.Invariant($"metric {metric} {value}");
        return Task.FromResult<Answer<ServiceMetric>>(Refusal ?? (Answer<ServiceMetric>)new ServiceMetric { Name = metric, Value = value, At = DateTimeOffset.UnixEpoch });
    }

    public Task<bool> ReportUsage(ImmutableArray<TaskUsage> tasks) => throw new NotSupportedException();

    public Task Ensure() => throw new NotSupportedException();

    private Task<Answer<ServiceView>> Answer(string asked)
    {
        Asked = asked;
        return Task.FromResult<Answer<ServiceView>>(Refusal ?? (View is null ? OrleansCluster.Refusal.NotFound("There is no service web.") : (Answer<ServiceView>)View));
    }
}
