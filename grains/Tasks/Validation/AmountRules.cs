using System.Collections.Immutable;
using OrleansCluster.Placement.Extras;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>How much containers may ask for of what nodes offer by a name of its own. Whether any node does is no question of validity.</summary>
internal static class AmountRules
{
    public static void Check(FaultList faults, string path, ImmutableSortedDictionary<string, int>? amounts)
    {
        if (amounts is null)
        {
            faults.Add(path, "expected an object of names and amounts, found null");
            return;
        }

        if (amounts.Count > ExtraNames.MostAmounts)
            faults.Add(path, $"{amounts.Count} amounts are too many: expected at most {ExtraNames.MostAmounts}");
        foreach (var (name, amount) in amounts.Take(ExtraNames.MostAmounts))
        {
            var own = $"{path}/{JsonPointer.Escape(name)}";
            if (!ExtraNames.IsAmount(name))
                faults.Add(own, $"{Quoted.Of(name)} is no amount's name: expected {ExtraNames.AmountExpectation}");
            faults.CheckRange(own, amount, 1, ExtraNames.LargestAmount);
        }
    }

    /// <summary>The sums are what the task claims, so they must be amounts that a claim can hold.</summary>
    public static void CheckSum(FaultList faults, string path, ImmutableArray<Item<ContainerSpec>> containers)
    {
        var all = containers.SelectMany(container => container.Value.Amounts ?? ImmutableSortedDictionary<string, int>.Empty);
        foreach (var amounts in all.GroupBy(amount => amount.Key, amount => (long)amount.Value, StringComparer.Ordinal))
        {
            if (amounts.Sum() > ExtraNames.LargestAmount && amounts.All(amount => amount <= ExtraNames.LargestAmount))
                faults.Add(path, $"the containers' {amounts.Key} adds up to {amounts.Sum()}: expected at most {ExtraNames.LargestAmount}");
        }
    }
}
