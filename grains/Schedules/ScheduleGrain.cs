using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Orleans.Storage;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks.Jobs;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.Schedules;

/// <summary>
/// Starts one schedule's jobs. What is to be submitted is written first and carried out then: whichever of two activations has written decides, and whoever finds it
/// written submits the same job, which is one job however often that happens.
/// </summary>
[RandomPlacement]
internal sealed partial class ScheduleGrain(
    [PersistentState(ScheduleGrainState.Name, StoreGrainStorage.Name)] IPersistentState<ScheduleGrainState> state,
    ITransactionalStore store,
    ISiloPeers peers,
    TimeProvider clock,
    IGrainFactory grains,
    ILogger<ScheduleGrain> logger) : ClusterGrain, IScheduleGrain
{
    private const int KeyLength = 32;

    /// <summary>How long after a look that failed it is tried again, and how long a moment may be away that is waited for without a look in between.</summary>
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _longestSleep = TimeSpan.FromHours(1);

    private readonly Saving _saving = new(clock);
    private ScheduleRecord? _record;
    private IGrainTimer? _timer;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _record = state.State.Record;
        Watch();
        return Task.CompletedTask;
    }

    public async Task<Answer<ScheduleView>> Put(ScheduleSpec spec)
    {
        if (await FaultsOf(spec) is { IsEmpty: false } faults)
            return Refusal.Faulty("The schedule", faults);
        await Settle();
        if (_record is not null && StoreJson.ContentOf(_record.Spec) == StoreJson.ContentOf(spec))
            return _record.ToView();
        await Save(_record, ScheduleRules.Put(_record, spec, _record?.LastMoment ?? state.State.LastMoment, clock.GetUtcNow()), _record is null ? "schedule.created" : "schedule.changed");
        return _record!.ToView();
    }

    public async Task<ScheduleView?> Get()
    {
        await CatchUp();
        return _record?.ToView();
    }

    public async Task<Answer<ScheduleView>> SetPaused(bool paused)
    {
        await Settle();
        if (_record is not { } record)
            return Missing();
        if (record.Spec.Paused != paused)
        {
            var next = ScheduleRules.Put(record, record.Spec with { Paused = paused }, record.LastMoment, clock.GetUtcNow());
            await Save(record, next, paused ? "schedule.paused" : "schedule.resumed");
        }

        return _record!.ToView();
    }

    public async Task<Answer<ScheduleRun>> RunNow(string key)
    {
        await Settle();
        if (_record is not { } record)
            return Missing();
        var id = $"{Name}-run-{key}";
        if (key.Length > KeyLength || !JobValidator.ValidateId(id).IsEmpty)
            return Refusal.Invalid("The request has a fault.", [new Fault("", $"{Quoted.Of(key)} is no key: expected lower-case letters, digits and hyphens, at most {KeyLength}")]);
        if (record.Runs.FirstOrDefault(run => run.Job == id) is { } before)
            return before;
        await Decide(record, ScheduleRules.Run(record, id, await LiveOf(record), clock.GetUtcNow()));
        await CarryOut();
        return _record!.Runs.FirstOrDefault(run => run.Job == id) ?? _record.Runs[0];
    }

    public async Task<Answer<ScheduleView>> Delete()
    {
        await Settle();
        if (_record is not { } record)
            return Missing();
        await Save(record, null, "schedule.deleted");
        return record.ToView();
    }

    public Task Ensure() => CatchUp();

    private async Task Look(CancellationToken cancellationToken)
    {
        await Settle();
        if (_record is { } record && record.Due <= clock.GetUtcNow())
        {
            var next = ScheduleRules.Look(record, await LiveOf(record), clock.GetUtcNow());

            // Meanwhile another activation may have looked.
            if (ReferenceEquals(record, _record))
                await Decide(record, next);
            await CarryOut();
        }

        Watch();
    }

    /// <summary>What is under way is brought to its end before anything else is.</summary>
    private async Task Settle()
    {
        await CatchUp();
        await CarryOut();
    }

    /// <summary>Of a start under way others are told when it has been carried out.</summary>
    private Task Decide(ScheduleRecord record, ScheduleRecord next) => next.Starting is null ? SaveRun(record, next) : Write(record, next, []);

    private async Task CarryOut()
    {
        if (_record is not { Starting: { } start } record)
            return;
        foreach (var job in start.Stops)
            await JobOf(job).Stop($"Schedule {Name} replaces it by {start.JobId}.");
        var answer = await JobOf(start.JobId).Submit(start.Job);
        if (!answer.IsAccepted)
            LogRefused(logger, Name, start.JobId, answer.Refusal.Title);

        // Meanwhile another activation may have come that far.
        if (!ReferenceEquals(record, _record))
            return;
        await SaveRun(record, ScheduleRules.Finish(record, answer.Refusal));
    }

    /// <summary>Of its jobs, those that have not ended.</summary>
    private async Task<ImmutableArray<string>> LiveOf(ScheduleRecord record)
    {
        var jobs = await Task.WhenAll(record.Live.Select(id => JobOf(id).Get()));
        return [.. jobs.OfType<JobView>().Where(job => !job.HasEnded).Select(job => job.Id)];
    }

    private async Task<ImmutableArray<Fault>> FaultsOf(ScheduleSpec spec)
    {
        var faults = ScheduleValidator.Validate(spec);
        if (spec.Name != Name)
            faults = faults.Add(new Fault("/name", $"{Quoted.Of(spec.Name)} found; expected the name that it is put under, {Quoted.Of(Name)}"));
        return spec.Job is null ? faults : [.. faults, .. JobResolver.FaultsOf(spec.Job, await new JobResolver(grains).LookUp(spec.Job)).Select(fault => fault with { Path = $"/job{fault.Path}" })];
    }

    private void Watch()
    {
        if (_record is not { } record)
        {
            _timer?.Dispose();
            _timer = null;
            return;
        }

        var wait = record.Starting is not null ? TimeSpan.Zero : record.Due is { } due ? due - clock.GetUtcNow() : _longestSleep;
        wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait > _longestSleep ? _longestSleep : wait;
        if (_timer is null)
            _timer = this.RegisterGrainTimer(Look, new GrainTimerCreationOptions(wait, _period) { KeepAlive = true });
        else
            _timer.Change(wait, _period);
    }

    private async Task CatchUp()
    {
        if (peers.IsOnly)
            return;
        await _saving.WaitForEnd();
        if (!await state.CatchUp(store, ScheduleGrainState.Name, this.GetPrimaryKeyString()))
            return;
        _record = state.State.Record;
        Watch();
    }

    private Task SaveRun(ScheduleRecord record, ScheduleRecord next)
    {
        var run = next.Runs[0];
        var details = JsonSerializer.Serialize(new { run.Moment, run.Reason, run.IsManual, Next = next.Due }, ClusterJson.Options);
        return Write(record, next, [new EventDraft(clock.GetUtcNow(), $"schedule.{run.Outcome.ToString().ToLowerInvariant()}", Name, run.Job ?? "", details)]);
    }

    private Task Save(ScheduleRecord? record, ScheduleRecord? next, string happened) =>
        Write(record, next, [new EventDraft(clock.GetUtcNow(), happened, Name, "", JsonSerializer.Serialize(new { Next = next?.Due }, ClusterJson.Options))]);

    private async Task Write(ScheduleRecord? record, ScheduleRecord? next, ImmutableArray<EventDraft> events)
    {
        if (!ReferenceEquals(record, _record))
            throw new InconsistentStateException($"Another activation has changed schedule {Name} meanwhile; try again.");
        _saving.Begin();
        try
        {
            await state.Write(new ScheduleGrainState { Cluster = Cluster, Record = next, LastMoment = next is null ? record!.LastMoment : default, PendingEvents = events });
        }
        catch
        {
            // Whether it was written is not known: the next activation reads it.
            DeactivateOnIdle();
            throw;
        }
        finally
        {
            _saving.End();
        }

        _record = next;
        Watch();
    }

    private Refusal Missing() => Refusal.NotFound($"There is no schedule {Name}.");

    private IJobGrain JobOf(string id) => grains.GetGrain<IJobGrain>(GrainKeys.Job(Cluster, id));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Schedule {Schedule}: job {Job} was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string schedule, string job, string reason);
}
