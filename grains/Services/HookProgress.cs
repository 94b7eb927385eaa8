using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrleansCluster.Grains.Services;

/// <summary>Which hooks a deployment waits for, and what became of them: pure.</summary>
internal static class HookProgress
{
    /// <summary>What is on its way to a job that is not there arrives within this time, or never.</summary>
    private static readonly TimeSpan _longestWay = TimeSpan.FromMinutes(2);

    /// <summary>Begins with a stage and what runs there; goes to another one where nothing does. What is taken back waits for no hook: it has been there before.</summary>
    public static ServiceRecord Enter(ServiceRecord record, DeploymentHookStage stage, DeploymentStage otherwise, DateTimeOffset now)
    {
        var primary = record.Primary;
        var hooks = primary.RollbackOf is null ? record.Revision(primary.Revision).Spec.DeploymentConfiguration.Hooks.Where(hook => hook.Stages.Contains(stage)).ToList() : [];
        if (hooks.Count == 0)
            return record.With(primary.To(otherwise, now));
        var next = record.With(primary.To(StageOf(stage), now)) with
        {
            Hooks = [.. record.Hooks, .. hooks.Select(hook => new HookRun(primary.Number, stage, hook.Name, hook.Approval ? null : JobIdOf(record, stage, hook.Name), now, now.AddSeconds(hook.Timeout)))],
        };
        return next.Tell(now, $"Deployment {primary.Number} waits for {string.Join(", ", hooks.Select(hook => hook.Approval ? $"approval {hook.Name}" : $"hook {hook.Name}"))}.");
    }

    /// <summary>Whether the newest deployment may leave a stage in which hooks run.</summary>
    public static bool HaveSucceeded(ServiceRecord record) => Current(record).All(run => run.Status == HookStatus.Succeeded);

    /// <summary>The first hook of the newest deployment that has not come to what it should.</summary>
    public static HookRun? Failed(ServiceRecord record) => record.Primary.IsUnderWay ? record.Hooks.FirstOrDefault(run => run.Deployment == record.Primary.Number && run.Status == HookStatus.Failed) : null;

    public static IEnumerable<HookRun> Pending(ServiceRecord record) => record.Hooks.Where(run => run.Status == HookStatus.Pending);

    /// <summary>What has become of jobs, what is late, and what nobody waits for any more.</summary>
    /// <param name="jobs">By their ids, as they were just read; <see langword="null"/> where there is none.</param>
    public static ServiceRecord Settle(ServiceRecord record, IReadOnlyDictionary<string, JobStatus?> jobs, DateTimeOffset now)
    {
        if (record.Hooks.IsEmpty)
            return record;
        ImmutableArray<HookRun> settled = [.. record.Hooks.Select(run => Settle(record, run, jobs, now)).Where(run => !run.IsOver || (run.Deployment == record.Primary.Number && !record.IsDeleted))];
        if (settled.SequenceEqual(record.Hooks))
            return record;
        var next = record with { Hooks = settled };
        foreach (var (run, before) in settled.Select(run => (Run: run, Before: record.Hooks.First(old => IsSame(old, run)))).Where(x => x.Run.Status != x.Before.Status))
            next = next.Tell(now, $"Hook {run.Name} of deployment {run.Deployment} has {(run.Status == HookStatus.Stopped ? "been stopped" : run.Status == HookStatus.Failed ? "failed" : "succeeded")}{(run.Reason is null ? "." : $": {run.Reason}")}");
        return next;
    }

    /// <summary>Somebody has approved, or has not; the same record where nothing waits for that.</summary>
    public static ServiceRecord Answer(ServiceRecord record, string? hook, bool approve, DateTimeOffset now)
    {
        var asked = Current(record).Where(run => run.JobId is null && run.Status == HookStatus.Pending && (hook is null || run.Name == hook)).ToList();
        var hooks = record.Hooks;
        foreach (var run in asked)
        {
            hooks = hooks.Replace(run, End(run, approve ? HookStatus.Succeeded : HookStatus.Failed, approve ? null : "It was rejected.", now));
            record = record.Tell(now, $"{run.Name} of deployment {run.Deployment} was {(approve ? "approved" : "rejected")}.");
        }

        return asked.Count == 0 ? record : record with { Hooks = hooks };
    }

    /// <summary>Begins with the name of its service, so that one sees what it is of; another service of the name has others.</summary>
    public static string JobIdOf(ServiceRecord record, DeploymentHookStage stage, string hook)
    {
        var primary = record.Primary;
        var text = string.Create(CultureInfo.InvariantCulture, $"{primary.CreatedAt.UtcTicks} {stage} {hook}");
        return string.Create(CultureInfo.InvariantCulture, $"{record.Spec.Name}-hook-{primary.Number}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6))}");
    }

    public static DeploymentStage StageOf(DeploymentHookStage stage) => stage switch
    {
        DeploymentHookStage.PreScaleUp => DeploymentStage.PreScaleUp,
        DeploymentHookStage.PostCanary => DeploymentStage.PostCanary,
        DeploymentHookStage.PostScaleUp => DeploymentStage.PostScaleUp,
        _ => DeploymentStage.PostProductionTrafficShift,
    };

    private static IEnumerable<HookRun> Current(ServiceRecord record) =>
        record.Primary.IsUnderWay ? record.Hooks.Where(run => run.Deployment == record.Primary.Number && StageOf(run.Stage) == record.Primary.Stage) : [];

    private static HookRun Settle(ServiceRecord record, HookRun run, IReadOnlyDictionary<string, JobStatus?> jobs, DateTimeOffset now)
    {
        var status = run.JobId is null ? null : jobs.GetValueOrDefault(run.JobId);
        var isKnown = run.JobId is not null && jobs.ContainsKey(run.JobId);
        if (run.Status == HookStatus.Pending)
        {
            var isWaitedFor = !record.IsDeleted && record.Primary.IsUnderWay && record.Primary.Number == run.Deployment;
            run = status == JobStatus.Succeeded ? End(run, HookStatus.Succeeded, null, now)
                : !isWaitedFor ? End(run, HookStatus.Stopped, null, now)
                : status is JobStatus.Failed or JobStatus.Stopped ? End(run, HookStatus.Failed, $"Job {run.JobId} has {(status == JobStatus.Failed ? "failed" : "been stopped")}.", now)
                : run.Until <= now ? End(run, HookStatus.Failed, "It took too long.", now)
                : run;
        }

        if (run.Status == HookStatus.Pending || run.IsOver)
            return run;
        var isOver = status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Stopped || (isKnown && status is null && run.EndedAt + _longestWay <= now);
        return isOver ? run with { IsOver = true } : run;
    }

    private static HookRun End(HookRun run, HookStatus status, string? reason, DateTimeOffset now) => run with { Status = status, Reason = reason, EndedAt = now, IsOver = run.JobId is null };

    private static bool IsSame(HookRun one, HookRun other) => one.Deployment == other.Deployment && one.Stage == other.Stage && one.Name == other.Name;
}
