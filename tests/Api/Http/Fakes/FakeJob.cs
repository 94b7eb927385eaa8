using System.Text.Json;

namespace OrleansCluster.Tests.Api.Http.Fakes;

internal sealed class FakeJob : IJobGrain
{
    private string? _submitted;

    public string Id { get; set; } = "";
    public JobView? View { get; set; }
    public Refusal? Refusal { get; set; }
    public string? StopReason { get; private set; }
    public List<TimeSpan> Waits { get; } = [];

    /// <summary>What a watch answers; by default the view at once.</summary>
    public Func<Task<JobView?>>? OnWatch { get; set; }

    public Task<Answer<JobView>> Submit(JobSpec spec)
    {
        if (Refusal is not null)
            return Task.FromResult<Answer<JobView>>(Refusal);
        var text = JsonSerializer.Serialize(spec, ClusterJson.Options);
        if (_submitted is not null && _submitted != text)
            return Task.FromResult<Answer<JobView>>(OrleansCluster.Refusal.Conflict($"Job {Id} exists with another specification."));
        _submitted = text;
        View ??= Samples.Job(Id, spec.Name);
        return Task.FromResult<Answer<JobView>>(View);
    }

    public Task<Answer<JobPlan>> Plan(JobSpec spec) =>
        Task.FromResult<Answer<JobPlan>>(Refusal is null ? Samples.Plan(Id, spec) : Refusal);

    public Task<Answer<JobView>> SubmitPlan(JobPlan plan) => Submit(plan.Spec);

    public Task<JobView?> Get() => Task.FromResult(View);

    public Task<JobView?> Watch(long version, TimeSpan wait, CancellationToken cancellationToken)
    {
        Waits.Add(wait);
        return OnWatch is null ? Get() : OnWatch();
    }

    public Task<Answer<JobView>> Stop(string reason)
    {
        if (View is null)
            return Task.FromResult<Answer<JobView>>(OrleansCluster.Refusal.NotFound($"There is no job {Id}."));
        StopReason ??= reason;
        View = View with { Status = JobStatus.Stopping };
        return Task.FromResult<Answer<JobView>>(View);
    }

    public Task<JobView?> WaitForEnd(TimeSpan wait, CancellationToken cancellationToken) => Get();

    public Task TaskChanged(TaskReport report) => throw new NotSupportedException();

    public Task Ensure() => throw new NotSupportedException();
}
