using System.Collections.Immutable;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.Teams;

/// <summary>Checks teams that are to be declared, against one another and those that are declared already; finds all faults.</summary>
internal static class TeamValidator
{
    private const int LargestWeight = 1000;

    /// <summary>More than any cluster has, and few enough to be summed up.</summary>
    private const long LargestAmount = 1_000_000_000_000;

    public static ImmutableArray<Fault> Validate(TeamSet set, IEnumerable<TeamSpec> declared)
    {
        var faults = new FaultList();
        var items = faults.Items("/teams", set.Teams, TeamRows.Most);
        if (items.IsEmpty && !faults.Has("/teams"))
            faults.Add("/teams", "expected at least one team, found none");
        var all = declared.ToDictionary(spec => spec.Name, StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, spec) in items)
        {
            CheckAlone(faults, path, spec);
            if (spec.Name is null)
                continue;
            if (!names.Add(spec.Name))
                faults.Add($"{path}/name", $"'{spec.Name}' is declared twice");
            all[spec.Name] = spec;
        }

        if (all.Count > TeamRows.Most)
            faults.Add("/teams", $"expected at most {TeamRows.Most} teams in all, found {all.Count}");
        foreach (var (path, spec) in items)
            CheckParent(faults, path, spec, all);
        CheckFamilies(faults, items, all);
        return faults.ToImmutable();
    }

    private static void CheckAlone(FaultList faults, string path, TeamSpec spec)
    {
        faults.CheckTeam($"{path}/name", spec.Name);
        faults.CheckRange($"{path}/weight", spec.Weight, 1, LargestWeight);
        for (var i = 0; i < TeamAmounts.Dimensions.Length; i++)
        {
            var (least, most) = (spec.Minimum?.In(i), spec.Maximum?.In(i));
            CheckAmount(faults, $"{path}/minimum/{TeamAmounts.Dimensions[i]}", least);
            CheckAmount(faults, $"{path}/maximum/{TeamAmounts.Dimensions[i]}", most);
            if (least > most)
                faults.Add($"{path}/minimum/{TeamAmounts.Dimensions[i]}", $"{least} is more than the maximum, {most}");
        }
    }

    private static void CheckAmount(FaultList faults, string path, long? amount)
    {
        if (amount is < 0 or > LargestAmount)
            faults.Add(path, $"expected 0 to {LargestAmount}, found {amount}");
    }

    private static void CheckParent(FaultList faults, string path, TeamSpec spec, Dictionary<string, TeamSpec> all)
    {
        if (spec.Parent is not { } name)
            return;
        if (name == spec.Name)
            faults.Add($"{path}/parent", "a team is not its own parent");
        else if (!all.TryGetValue(name, out var parent))
            faults.Add($"{path}/parent", $"there is no team '{name}'");
        else if (parent.Parent is not null)
            faults.Add($"{path}/parent", $"team '{name}' has a parent itself: teams are nested one level deep");
        else if (all.Values.FirstOrDefault(each => each.Parent == spec.Name) is { } child)
            faults.Add($"{path}/parent", $"team '{child.Name}' has this one for its parent: teams are nested one level deep");
    }

    /// <summary>What children have lies within what their parent has. Told at the parent where that is among those handed in.</summary>
    private static void CheckFamilies(FaultList faults, ImmutableArray<Item<TeamSpec>> items, Dictionary<string, TeamSpec> all)
    {
        var paths = items.Where(item => item.Value.Name is not null)
            .GroupBy(item => item.Value.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Path, StringComparer.Ordinal);
        foreach (var family in all.Values.Where(spec => spec.Parent is not null).GroupBy(spec => spec.Parent!, StringComparer.Ordinal))
        {
            if (!all.TryGetValue(family.Key, out var parent))
                continue;
            var path = paths.GetValueOrDefault(family.Key) ?? family.Select(spec => paths.GetValueOrDefault(spec.Name)).FirstOrDefault(found => found is not null);
            for (var i = 0; path is not null && i < TeamAmounts.Dimensions.Length; i++)
                CheckFamily(faults, path, i, parent, [.. family], paths);
        }
    }

    private static void CheckFamily(
        FaultList faults, string path, int dimension, TeamSpec parent, ImmutableArray<TeamSpec> children, Dictionary<string, string> paths)
    {
        var name = TeamAmounts.Dimensions[dimension];
        var (sum, least) = (children.Sum(spec => spec.Minimum?.In(dimension) ?? 0), parent.Minimum?.In(dimension) ?? 0);
        if (sum > least)
            faults.Add($"{path}/minimum/{name}", $"the minimums of the children of team '{parent.Name}' sum to {sum}, and its own is {least}");
        foreach (var child in children)
        {
            if (child.Maximum?.In(dimension) is { } most && most > parent.Maximum?.In(dimension))
                faults.Add($"{paths.GetValueOrDefault(child.Name) ?? path}/maximum/{name}", $"{most} of team '{child.Name}' is more than the maximum of team '{parent.Name}', {parent.Maximum?.In(dimension)}");
        }
    }
}
