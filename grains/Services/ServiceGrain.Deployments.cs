using Microsoft.Extensions.Logging;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.Services;

/// <summary>What a deployment waits for, and how somebody ends it.</summary>
internal sealed partial class ServiceGrain
{
    /// <summary>Jobs of hooks that were refused: they will never be there.</summary>
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private HookJobs _hooks = null!;

    public async Task<Answer<ServiceView>> StopDeployment(bool rollback)
    {
        await CatchUp();
        if (_record is not { IsDeleted: false } record)
            return Missing();
        if (ServiceRules.ReasonNotToStop(record, rollback) is { } reason)
            return Refusal.Conflict(reason);
        return await Change(record, ServiceRules.StopDeployment(record, rollback, clock.GetUtcNow()), "service.changed");
    }

    public async Task<Answer<ServiceView>> Approve(string? hook, int? deployment, bool approve)
    {
        await CatchUp();
        if (_record is not { IsDeleted: false } record)
            return Missing();
        if (deployment is { } number && number != record.Primary.Number)
            return Refusal.Conflict($"Deployment {number} of service {Name} waits for no approval: the newest is {record.Primary.Number}.");
        var next = HookProgress.Answer(record, hook, approve, clock.GetUtcNow());
        return ReferenceEquals(record, next)
            ? Refusal.Conflict($"Deployment {record.Primary.Number} of service {Name} waits for no approval{(hook is null ? "" : $" {Quoted.Of(hook)}")}.")
            : await Change(record, next, "service.changed");
    }

    private async Task<IReadOnlyDictionary<string, JobStatus?>> ReadHooks(ServiceRecord record)
    {
        var jobs = await _hooks.Read(record);
        return _refused.Count == 0 ? jobs : jobs.ToDictionary(job => job.Key, job => _refused.Contains(job.Key) ? JobStatus.Failed : job.Value, StringComparer.Ordinal);
    }

    /// <summary>What is written as begun and is not there is submitted, and what nobody waits for is stopped.</summary>
    private async Task CarryOutHooks(ServiceRecord record, IReadOnlyDictionary<string, JobStatus?> jobs)
    {
        foreach (var run in record.Hooks.Where(run => run is { IsOver: false, JobId: not null }))
        {
            var status = jobs.GetValueOrDefault(run.JobId!);
            if (run.Status == HookStatus.Pending && status is null)
            {
                if (await _hooks.Begin(record, run) is { } refusal)
                {
                    _refused.Add(run.JobId!);
                    LogRefused(logger, Name, run.Name, $"{refusal.Title} {string.Join(' ', refusal.Faults)}");
                }
            }
            else if (run.Status != HookStatus.Pending && status == JobStatus.Running)
            {
                await _hooks.Stop(run);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Service {Service}: the job of hook {Hook} was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string service, string hook, string reason);
}
