using System.Collections.Immutable;
using System.Globalization;
using OrleansCluster.Placement.Extras;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Silo.Hosting;

/// <summary>What a node offers beside CPU, memory and disk: <c>--gpu ID=MODEL</c> and <c>--amount NAME=N</c>, each as often as there are any.</summary>
internal static class ExtraOptions
{
    /// <summary>In the order of their ids: numbers as numbers, before names.</summary>
    public static ImmutableArray<GpuDevice> GpusOf(IConfiguration configuration) =>
    [
        .. configuration.GetSection(NamedArguments.Gpus.Section).GetChildren().Select(gpu => new GpuDevice(gpu.Key, gpu.Value ?? ""))
            .OrderBy(gpu => int.TryParse(gpu.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue)
            .ThenBy(gpu => gpu.Id, StringComparer.Ordinal),
    ];

    /// <summary>-1 for what is no number.</summary>
    public static ImmutableSortedDictionary<string, int> AmountsOf(IConfiguration configuration) =>
        configuration.GetSection(NamedArguments.Amounts.Section).GetChildren().ToImmutableSortedDictionary(
            amount => amount.Key,
            amount => int.TryParse(amount.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1,
            StringComparer.Ordinal);

    public static IEnumerable<string> FaultsOf(SiloOptions options)
    {
        if (options.Gpus.Length > GpuNode.MostDevices)
            yield return $"--gpu: {options.Gpus.Length} found; expected at most {GpuNode.MostDevices}";
        foreach (var gpu in options.Gpus)
        {
            if (!ExtraNames.IsDevice(gpu.Id))
                yield return $"--gpu: '{gpu.Id}' is no id of a device; expected {ExtraNames.DeviceExpectation}";
            if (gpu.Model.Length > 0 && !ExtraNames.IsModel(gpu.Model))
                yield return $"--gpu: '{gpu.Model}' is no model; expected {ExtraNames.ModelExpectation}, or nothing where it is not known";
        }

        if (options.Amounts.Count > ExtraNames.MostAmounts)
            yield return $"--amount: {options.Amounts.Count} found; expected at most {ExtraNames.MostAmounts}";
        foreach (var (name, amount) in options.Amounts)
        {
            if (!ExtraNames.IsAmount(name))
                yield return $"--amount: '{name}' is no name; expected {ExtraNames.AmountExpectation}";
            if (amount is < 0 or > ExtraNames.LargestAmount)
                yield return $"--amount: {name} is no amount; expected a whole number from 0 to {ExtraNames.LargestAmount}";
        }
    }
}
