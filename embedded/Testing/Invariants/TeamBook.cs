using System.Text.Json;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Invariants;

/// <summary>Teams as the database has been told, and their claims added up one by one: no claim takes a team, or its parent, past its maximum.</summary>
internal sealed class TeamBook(World world, string cluster)
{
    private const string Kind = "team";

    private static readonly (string Name, Func<ResourceTotals, long> Of, Func<ResourceLimits, long?> Limit)[] _dimensions =
    [
        ("cpu", totals => totals.Cpu, limits => limits.Cpu),
        ("memory", totals => totals.Memory, limits => limits.Memory),
        ("gpu", totals => totals.Gpu, limits => limits.Gpu),
    ];

    private readonly SortedDictionary<string, TeamSpec> _declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Claim> _claims = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ResourceTotals> _sums = new(StringComparer.Ordinal);

    private readonly HashSet<string> _guaranteed = new(StringComparer.Ordinal);

    /// <summary>Whether it, or its parent, has been guaranteed something, now or before.</summary>
    public bool HasHadMinimum(string team) => _guaranteed.Contains(team);

    public void OnWritten(CommitUnit unit)
    {
        if (unit.Cluster != cluster)
            return;
        foreach (var write in unit.States)
            OnWritten(write);
        foreach (var id in unit.ClaimsRemoved)
        {
            if (_claims.Remove(id, out var gone))
                Add(gone.Team, ResourceTotals.Zero - Of(gone));
        }

        foreach (var row in unit.ClaimsAdded)
        {
            _claims[row.Id] = row.Claim;
            Add(row.Claim.Team, Of(row.Claim));
        }

        foreach (var claim in unit.ClaimsAdded.Select(row => row.Claim))
            Check(claim);
    }

    private void OnWritten(StateWrite write)
    {
        if (write.Kind != Kind)
            return;
        if (write.Json is { } json && JsonSerializer.Deserialize<TeamSpec>(json, StoreJson.Options) is { } spec)
            _declared[spec.Name] = spec;
        else
            _declared.Remove(write.Key[(write.Key.LastIndexOf('/') + 1)..]);
        _guaranteed.UnionWith(_declared.Values.Where(team => team.Minimum is not null || (team.Parent is { } parent && _declared.GetValueOrDefault(parent)?.Minimum is not null))
            .Select(team => team.Name));
    }

    private void Check(Claim claim)
    {
        for (var team = claim.Team; team is not null; team = _declared.GetValueOrDefault(team)?.Parent)
        {
            if (_declared.GetValueOrDefault(team)?.Maximum is not { } maximum)
                continue;
            var sum = _sums.Where(each => each.Key == team || _declared.GetValueOrDefault(each.Key)?.Parent == team)
                .Aggregate(ResourceTotals.Zero, (total, each) => total + each.Value);
            foreach (var (name, of, limit) in _dimensions)
            {
                if (of(Of(claim)) > 0 && of(sum) > limit(maximum))
                    world.Violate($"claim {claim.Id} takes team {team} past its maximum: {of(sum)} {name} of {limit(maximum)}");
            }
        }
    }

    private void Add(string team, ResourceTotals more) => _sums[team] = _sums.GetValueOrDefault(team) + more;

    private static ResourceTotals Of(Claim claim) => new(
        claim.Resources.Cpu, claim.Resources.Memory, claim.Resources.Disk, claim.Extras?.Gpus.Sum(share => (long)share.Thousandths) ?? 0);
}
