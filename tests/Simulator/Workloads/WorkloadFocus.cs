using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>What clients do far more often in some seeds than in others.</summary>
/// <param name="Looks">Readers ask for jobs and tasks all the time, through all silos.</param>
/// <param name="Regrets">Jobs are stopped right after they were submitted.</param>
/// <param name="Hangs">Most containers run until they are stopped.</param>
/// <param name="Ebbs">Clients have soon submitted all they have: faults go on while nothing new begins.</param>
/// <param name="Places">Tasks have constraints and strategies of placement.</param>
/// <param name="Schedulers">How many batch schedulers the jobs are dealt out among.</param>
/// <param name="Plans">Most jobs are planned before they are submitted.</param>
/// <param name="Shares">Nodes have GPUs and named amounts, and tasks ask for them.</param>
/// <param name="Rules">Tasks are tried again, have time limits, and run a few at a time.</param>
/// <param name="Drains">The operator has what is on the nodes moved.</param>
/// <param name="Overrides">Many tasks name definitions that would not do, and overrides that make them what they should be.</param>
/// <param name="Teams">Teams are declared, with limits, and change.</param>
/// <param name="Checkpoints">Most tasks count, and go on from their checkpoints.</param>
/// <param name="Schedules">Schedules start jobs beside the clients.</param>
/// <param name="Keeps">Many tasks are to be kept while their nodes are cut off.</param>
/// <param name="Health">Most tasks have health checks.</param>
/// <param name="Gangs">The instances of most tasks start together.</param>
/// <param name="Services">Services are kept up, deployed, scaled and taken back.</param>
/// <param name="Crowds">Another scheduler claims for a team of its own through all silos at once.</param>
/// <param name="Calls">Callers send requests to a service all the time, through the ways in of all hosts.</param>
/// <param name="Scales">Services are scaled by their load.</param>
/// <param name="Frameworks">Frameworks of both kinds place tasks of theirs.</param>
internal sealed record WorkloadFocus(
    bool Looks,
    bool Regrets,
    bool Hangs,
    bool Ebbs,
    bool Places,
    int Schedulers,
    bool Plans,
    bool Shares,
    bool Rules,
    bool Drains,
    bool Overrides,
    bool Teams,
    bool Checkpoints,
    bool Schedules,
    bool Keeps,
    bool Health,
    bool Gangs,
    bool Services,
    bool Crowds,
    bool Calls,
    bool Scales,
    bool Frameworks)
{
    private const double Share = 0.2;

    /// <summary>Chance of its own, so that the other seeds do what they did.</summary>
    private const ulong Stream = 0x776F726B;

    public static WorkloadFocus Of(ulong seed)
    {
        var random = new SeededRandom(seed ^ Stream);
        return new WorkloadFocus(
            Looks: random.Chance(Share),
            Regrets: random.Chance(Share),
            Hangs: random.Chance(Share),
            Ebbs: random.Chance(Share),
            Places: random.Chance(Share),
            Schedulers: random.Chance(Share) ? random.Between(2, 4) : 1,
            Plans: random.Chance(Share),
            Shares: random.Chance(Share),
            Rules: random.Chance(Share),
            Drains: random.Chance(Share),
            Overrides: random.Chance(Share),
            Teams: random.Chance(Share),
            Checkpoints: random.Chance(Share),
            Schedules: random.Chance(Share),
            Keeps: random.Chance(Share),
            Health: random.Chance(Share),
            Gangs: random.Chance(Share),
            Services: random.Chance(Share),
            Crowds: random.Chance(Share),
            Calls: random.Chance(Share),
            Scales: random.Chance(Share),
            Frameworks: random.Chance(Share));
    }
}
