using System.Collections.Immutable;
using OrleansCluster.Embedded.Deterministic;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>
/// Declares teams, changes and deletes them while their jobs run. No maximum is below what one task wants, and what all minimums sum to leaves room for one on
/// the smallest cluster, so that all work ends.
/// </summary>
internal sealed class TeamAdministrator(WorkloadContext context)
{
    /// <summary>Chance of its own, so that the other draws are what they were.</summary>
    private const ulong Stream = 0x7465616D;
    private const string Parent = "colours";
    private const int LargestCpu = 1600;
    private const int LargestMemory = 768;
    private static readonly string[] _teams = ["red", "green", "blue", "rival"];

    private readonly SeededRandom _random = new(context.Cluster.Seed ^ Stream);

    public bool HasFinished { get; private set; }

    public async Task Run()
    {
        while (context.Focus.Teams && !context.IsFinishing)
        {
            if (_random.Chance(0.2))
                await Delete(_random.Chance(0.2) ? Parent : _random.Pick(_teams));
            else
                await Declare();
            await context.Delay(_random.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)));
        }

        HasFinished = true;
    }

    private async Task Declare()
    {
        var isNested = _random.Chance(0.4);
        var teams = ImmutableArray.CreateBuilder<TeamSpec>();
        if (isNested)
            teams.Add(Draw(Parent, 2, 0) with { Minimum = new ResourceLimits { Cpu = 1200, Memory = 1200 } });
        foreach (var team in _teams.Where(_ => _random.Chance(0.6)))
            teams.Add(Draw(team, 1, team == "rival" ? 0 : 400) with { Parent = isNested && _random.Chance(0.7) ? Parent : null });
        if (teams.Count == 0)
            return;
        var set = new TeamSet { Teams = teams.ToImmutable() };
        var refusal = await context.Ask(async silo => new Answer<TeamSet> { Refusal = await StateOf(silo).PutTeams(set), Value = set });
        context.Cluster.World.Trace.Add($"teams {string.Join(", ", teams.Select(team => team.Name))} are declared: {Describe(refusal.Refusal)}");
    }

    private static string Describe(Refusal? refusal) =>
        refusal is null ? "yes" : string.Join("; ", refusal.Faults.Select(fault => $"{fault.Path}: {fault.Message}"));

    private Task<bool> Delete(string team) => context.Ask(async silo => await StateOf(silo).DeleteTeam(team, etag: null) is null);

    private TeamSpec Draw(string name, int tasks, int least) => new()
    {
        Name = name,
        Minimum = _random.Chance(0.5) ? new ResourceLimits { Cpu = _random.Below(least + 1), Memory = _random.Chance(0.5) ? _random.Below(least + 1) : null } : null,
        Maximum = _random.Chance(0.7) ? new ResourceLimits { Cpu = tasks * _random.Between(LargestCpu, 2 * LargestCpu), Memory = _random.Chance(0.5) ? tasks * _random.Between(LargestMemory, 2 * LargestMemory) : null } : null,
        Weight = _random.Between(1, 5),
    };

    private IClusterStateGrain StateOf(SimulatedSilo silo) =>
        silo.Engine.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(context.Cluster.Options.Cluster));
}
