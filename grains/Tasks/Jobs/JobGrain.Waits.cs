using System.Globalization;

namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>What a job waits for before its first tasks, and the time that it may take.</summary>
internal sealed partial class JobGrain
{
    /// <summary>How often another job is asked again that has not ended, or did not answer.</summary>
    private static readonly TimeSpan _otherPeriod = TimeSpan.FromSeconds(1);

    private IGrainTimer? _others;

    public async Task<JobView?> WaitForEnd(TimeSpan wait, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var longest = wait < _longestWatch ? wait : _longestWatch;
        for (var left = longest; left > TimeSpan.Zero && _job?.HasEnded() == false; left = longest - clock.GetElapsedTime(began))
            await _changed.Wait(left, cancellationToken);
        return await Get();
    }

    /// <summary>Whether its first tasks may start; where that is so for the first time, it is durable when this returns.</summary>
    private async Task<bool> MayStart()
    {
        if (_job is not { StartedAt: null } job || !job.Waits())
            return true;
        if (job.Spec.StartAt > clock.GetUtcNow())
            return false;
        foreach (var dependency in job.Spec.DependsOn)
        {
            var other = await Other(dependency).Get();
            if (other is { HasEnded: false })
                return false;
            if (dependency.Condition == JobCondition.Success && other?.Status != JobStatus.Succeeded)
            {
                await Fail(job, StopCode.UserInitiated, $"Job {dependency.Job}, which it waits for, has not succeeded.");
                return false;
            }
        }

        if (ReferenceEquals(job, _job))
            await Save(job with { StartedAt = clock.GetUtcNow() }, "job.started");
        return _job is { Status: JobStatus.Running, StartedAt: not null };
    }

    /// <summary>Ends a job that has taken too long.</summary>
    private async Task CheckTime()
    {
        if (Deadline() <= clock.GetUtcNow())
            await Fail(_job!, StopCode.TimedOut, string.Create(CultureInfo.InvariantCulture, $"The job took longer than {_job!.Spec.Timeout} s."));
    }

    private async Task Fail(JobRecord job, StopCode code, string reason)
    {
        if (ReferenceEquals(job, _job) && job.Status == JobStatus.Running)
            await BeginToStop(job with { Status = JobStatus.Stopping, StopCode = code, Reason = reason });
    }

    private DateTimeOffset? Deadline() => _job?.Spec.Timeout is { } seconds ? _job.BeganAt()?.AddSeconds(seconds) : null;

    /// <summary>Has the timer look at the job when its moment comes, where that is before it would anyway.</summary>
    private void Schedule()
    {
        if (_job is not { Status: JobStatus.Running } job)
            return;
        var next = job.StartedAt is null && job.Spec.StartAt > clock.GetUtcNow() ? job.Spec.StartAt : Deadline();
        if (next - clock.GetUtcNow() is { } left && left < _refreshPeriod)
            _timer?.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, _refreshPeriod);
    }

    /// <summary>Beside everything else, so that their end is heard of as it comes.</summary>
    private async Task WaitForOthers(CancellationToken cancellationToken)
    {
        if (_job is not { Status: JobStatus.Running, StartedAt: null } job)
        {
            _others?.Dispose();
            _others = null;
            return;
        }

        var others = await Task.WhenAll(job.Spec.DependsOn.Select(dependency => Other(dependency).WaitForEnd(_refreshPeriod, cancellationToken)));
        if (others.All(other => other is not { HasEnded: false }))
            _timer?.Change(TimeSpan.Zero, _refreshPeriod);
    }

    /// <summary>Jobs that it is to wait for and that are not there. What is no id is a fault that validation tells of.</summary>
    private async Task<IEnumerable<Fault>> FaultsOfOthers(JobSpec spec)
    {
        var faults = new List<Fault>();
        for (var i = 0; !spec.DependsOn.IsDefaultOrEmpty && i < Math.Min(spec.DependsOn.Length, Validation.SpecLimits.JobsPerJob); i++)
        {
            if (spec.DependsOn[i] is not { Job: { } other } dependency || !Validation.JobValidator.ValidateId(other).IsEmpty)
                continue;
            if (other == Id)
                faults.Add(new Fault($"/dependsOn/{i}/job", $"{other} is the job itself"));
            else if (await Other(dependency).Get() is null)
                faults.Add(new Fault($"/dependsOn/{i}/job", $"there is no job {other}"));
        }

        return faults;
    }

    private IJobGrain Other(JobDependency dependency) => grains.GetGrain<IJobGrain>(GrainKeys.Job(Cluster, dependency.Job));
}
