using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>Submits jobs, looks at them and stops some, and holds the cluster to what it was told.</summary>
internal sealed class Client(WorkloadContext context, string name, SeededRandom random)
{
    private const double RegretShare = 0.4;
    private const double AheadShare = 0.1;
    private const double PlanShare = 0.7;
    private const int JobsBeforeEbb = 2;
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _longestForethought = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _moment = TimeSpan.FromSeconds(1);
    private readonly SeededRandom _extras = RandomExtras.Chance(context.Cluster.Seed, 2 + name[^1]);
    private readonly SeededRandom _rules = RandomRules.Chance(context.Cluster.Seed, name[^1]);
    private readonly SeededRandom _overrides = RandomOverrides.Chance(context.Cluster.Seed, 2 + name[^1]);
    private readonly SeededRandom _checkpoints = RandomCheckpoints.Chance(context.Cluster.Seed, name[^1]);
    private readonly SeededRandom _disconnects = RandomDisconnects.Chance(context.Cluster.Seed, name[^1]);
    private readonly SeededRandom _health = RandomHealth.Chance(context.Cluster.Seed, name[^1]);
    private readonly SeededRandom _gangs = RandomGangs.Chance(context.Cluster.Seed, name[^1]);
    private readonly List<(string Id, bool Ends, JobSpec Spec)> _jobs = [];

    public string Name { get; } = name;

    public int Jobs => _jobs.Count;

    public int Tasks { get; private set; }

    public bool HasFinished { get; private set; }

    public async Task Run()
    {
        while (!context.IsFinishing && !(context.Focus.Ebbs && _jobs.Count >= JobsBeforeEbb))
        {
            switch (random.Below(10))
            {
                case < 5:
                    await Submit();
                    break;
                case < 8 when _jobs.Count > 0:
                    await Look(random.Pick(_jobs).Id);
                    break;
                case < 9 when _jobs.Count > 0:
                    await Stop(random.Pick(_jobs).Id);
                    break;
            }

            if (context.Focus.Checkpoints && _jobs.Count > 0)
                await AskForCheckpoint();
            await context.Delay(random.Between(TimeSpan.Zero, _longestPause));
        }

        if (context.Focus.Health)
            await WatchHealth();
        foreach (var (id, ends, _) in _jobs)
        {
            if (!ends)
                await Stop(id);
        }

        foreach (var (id, _, _) in _jobs)
            await WaitForEnd(id);
        HasFinished = true;
    }

    private async Task Submit()
    {
        var (spec, ends) = RandomJobs.Draw(random, context.Focus);
        if (context.Focus.Shares)
            spec = RandomExtras.Draw(_extras, spec);
        if (context.Focus.Rules)
            spec = RandomRules.Draw(_rules, spec);
        if (context.Focus.Checkpoints)
            spec = RandomCheckpoints.Draw(_checkpoints, spec);
        if (context.Focus.Keeps)
            spec = RandomDisconnects.Draw(_disconnects, spec);
        if (context.Focus.Health)
            spec = RandomHealth.Draw(_health, spec);
        if (context.Focus.Gangs)
            spec = RandomGangs.Draw(_gangs, spec);
        var id = IdOfNext();
        if (context.Focus.Overrides)
            spec = await DrawOverrides(id, spec);
        _jobs.Add((id, ends, spec));
        Tasks += spec.Tasks.Sum(task => task.Count);
        if (context.Cluster.Options.Faults.DoubleStays > 0)
        {
            await Look(id);
            await context.Delay(random.Between(TimeSpan.Zero, _longestForethought));
        }

        var answer = (context.Focus.Plans && random.Chance(PlanShare) ? await SubmitPlan(id, spec) : null)
            ?? await Watched(silo => silo.Engine.GetGrain<IJobGrain>(KeyOf(id)).Submit(spec));
        if (!answer.IsAccepted)
            context.Cluster.World.Violate($"job {id} was refused: {answer.Refusal.Title} {string.Join(' ', answer.Refusal.Faults.Select(fault => fault.Message))}");
        if (context.Focus.Regrets && random.Chance(RegretShare))
            await Stop(id);
    }

    /// <summary>With definitions that are registered before it is submitted, and that the overrides make what was drawn.</summary>
    private async Task<JobSpec> DrawOverrides(string id, JobSpec drawn)
    {
        var (spec, definitions) = RandomOverrides.Draw(_overrides, id, drawn);
        foreach (var definition in definitions)
        {
            var answer = await context.Ask(silo => silo.Engine.GetGrain<ITaskDefinitionGrain>(GrainKeys.TaskDefinition(definition.Family)).Register(definition));
            if (!answer.IsAccepted)
                context.Cluster.World.Violate($"definition {definition.Family} was refused: {answer.Refusal.Title}");
        }

        return spec;
    }

    /// <summary>Of one of its tasks, and nobody waits for it; it may be refused, or not be heard.</summary>
    private async Task AskForCheckpoint()
    {
        var (job, _, spec) = _checkpoints.Pick(_jobs);
        var task = _checkpoints.Pick(spec.Tasks);
        var id = TaskId.Of(job, task.Name, _checkpoints.Below(task.Count));
        try
        {
            await context.Try(silo => silo.Engine.GetGrain<ITaskGrain>(GrainKeys.Task(context.Cluster.Options.Cluster, id)).RequestCheckpoint());
        }
        catch (Exception exception)
        {
            context.Cluster.World.Trace.Add($"a client was not answered: {exception.GetType().Name}: {exception.Message}");
        }
    }

    /// <summary>Null where the plan did not hold, at the first or at a repeated try: then there is no such job, or it has ended for that.</summary>
    private async Task<Answer<JobView>?> SubmitPlan(string id, JobSpec spec)
    {
        var plan = await context.Ask(silo => silo.Engine.GetGrain<IJobGrain>(KeyOf(id)).Plan(spec));
        if (!plan.IsAccepted)
            context.Cluster.World.Violate($"the plan of job {id} was refused: {plan.Refusal.Title}");
        await context.Delay(random.Between(TimeSpan.Zero, _longestForethought));
        var answer = await Watched(silo => silo.Engine.GetGrain<IJobGrain>(KeyOf(id)).SubmitPlan(plan.Value!));
        if (answer is { IsAccepted: false, Refusal.Kind: RefusalKind.Conflict })
            return null;
        if (answer.IsAccepted)
            Invariants.OnPlaced(plan.Value!);
        return answer;
    }

    private async Task Stop(string id)
    {
        var answer = await Watched(silo => silo.Engine.GetGrain<IJobGrain>(KeyOf(id)).Stop("the workload wants it"));
        if (!answer.IsAccepted)
            context.Cluster.World.Violate($"the stop of job {id} was refused: {answer.Refusal.Title}");
    }

    private Task<JobView?> Look(string id) => Look(id, context.Ask);

    /// <summary>At one of its jobs, mostly the newest, through one silo; or at the next one, which is not there yet.</summary>
    public Task LookOnce(SeededRandom pick) => Look(pick.Chance(AheadShare) ? IdOfNext() : pick.Chance(0.7) ? _jobs[^1].Id : pick.Pick(_jobs).Id, context.Try);

    /// <summary>At one of its tasks, through one silo.</summary>
    public async Task LookAtTask(SeededRandom pick)
    {
        var (job, _, spec) = pick.Pick(_jobs);
        var task = pick.Pick(spec.Tasks);
        var id = TaskId.Of(job, task.Name, pick.Below(task.Count));
        var mark = Invariants.Mark();
        var view = await context.Try(silo => silo.Engine.GetGrain<ITaskGrain>(GrainKeys.Task(context.Cluster.Options.Cluster, id)).Get());
        if (view is null)
            Invariants.OnNoTask(id, mark);
        else
            Invariants.OnAnswer(view, mark);
    }

    private string IdOfNext() => $"{RandomJobs.Name}-{Name}x{_jobs.Count}";

    private async Task<JobView?> Look(string id, Func<Func<Testing.Silos.SimulatedSilo, Task<JobView?>>, Task<JobView?>> ask)
    {
        var mark = Invariants.Mark();
        var job = await ask(silo => silo.Engine.GetGrain<IJobGrain>(KeyOf(id)).Get());
        if (job is null)
            Invariants.OnNoJob(id, mark);
        else
            Invariants.OnAnswer(job, mark);
        return job;
    }

    /// <summary>Without a question until it has ended: that would wake the job, which has to go on by itself.</summary>
    private async Task WaitForEnd(string id)
    {
        while (!Invariants.HasEnded(id))
            await context.Delay(TimeSpan.FromSeconds(2));
        while (await Look(id) is not { HasEnded: true })
            await context.Delay(TimeSpan.FromSeconds(2));
    }

    /// <summary>Once nothing goes wrong any more, before what does not end is stopped: as long as a container takes whose health has to be known then.</summary>
    private async Task WatchHealth()
    {
        while (!context.IsFinishing)
            await context.Delay(_moment);
        var healed = context.Clock.GetUtcNow();
        while (context.Clock.GetUtcNow() < healed + RecordedHealth.Patience + _longestPause)
        {
            if (RecordedHealth.Differences(context.Cluster, healed).FirstOrDefault() is { } difference)
                context.Cluster.World.Violate($"{RecordedHealth.Patience} after it became so, or after all faults ended, {difference}");
            await context.Delay(_moment);
        }
    }

    private async Task<Answer<JobView>> Watched(Func<Testing.Silos.SimulatedSilo, Task<Answer<JobView>>> ask)
    {
        var mark = Invariants.Mark();
        var answer = await context.Ask(ask);
        if (!answer.IsAccepted)
            return answer;
        Invariants.OnAnswer(answer.Value, mark);

        // Again at once, of another silo.
        await Look(answer.Value.Id);
        return answer;
    }

    private Testing.Invariants.ClusterInvariants Invariants => context.Cluster.Invariants!;

    private string KeyOf(string id) => GrainKeys.Job(context.Cluster.Options.Cluster, id);
}
