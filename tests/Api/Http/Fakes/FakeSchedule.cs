namespace OrleansCluster.Tests.Api.Http.Fakes;

internal sealed class FakeSchedule : IScheduleGrain
{
    public ScheduleView? View { get; set; }
    public Refusal? Refusal { get; set; }
    public string? RunKey { get; private set; }

    public Task<Answer<ScheduleView>> Put(ScheduleSpec spec)
    {
        if (Refusal is not null)
            return Task.FromResult<Answer<ScheduleView>>(Refusal);
        View = Samples.Schedule(spec);
        return Answer();
    }

    public Task<ScheduleView?> Get() => Task.FromResult(View);

    public Task<Answer<ScheduleView>> SetPaused(bool paused)
    {
        View = View is null ? null : View with { Spec = View.Spec with { Paused = paused } };
        return Answer();
    }

    public Task<Answer<ScheduleRun>> RunNow(string key)
    {
        RunKey = key;
        return Task.FromResult<Answer<ScheduleRun>>(new ScheduleRun { Moment = Samples.Now, Outcome = ScheduleOutcome.Started, Job = $"nightly-run-{key}", IsManual = true });
    }

    public Task<Answer<ScheduleView>> Delete()
    {
        var answer = Answer();
        View = null;
        return answer;
    }

    public Task Ensure() => throw new NotSupportedException();

    private Task<Answer<ScheduleView>> Answer() => Task.FromResult<Answer<ScheduleView>>(View is null ? OrleansCluster.Refusal.NotFound("There is no schedule nightly.") : View);
}
