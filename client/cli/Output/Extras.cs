using System.Globalization;

namespace OrleansCluster.Cli.Output;

/// <summary>GPUs and named amounts in words; empty where there are none.</summary>
internal static class Extras
{
    private const int WholeDevice = 1000;

    /// <summary>Of a node's devices, those claimed and all: <c>0.5/2</c>.</summary>
    public static string Gpus(NodeView node) =>
        node.ExtraCapacity is { Gpus.Length: > 0 and var all } ? $"{Devices(node.ExtraClaimed?.Gpus.Sum(share => share.Thousandths) ?? 0)}/{all}" : "";

    /// <summary>Each device with its model and what is claimed of it: <c>0 A100 (0.5 claimed)</c>.</summary>
    public static string Devices(NodeView node) => node.ExtraCapacity is not { } capacity
        ? ""
        : string.Join(", ", capacity.Gpus.Select(gpu => $"{gpu.Id} {gpu.Model}".TrimEnd() + Claimed(ClaimedOf(node, gpu.Id))));

    /// <summary>Claimed and all of each: <c>licence 1/4</c>.</summary>
    public static string Amounts(NodeView node) => node.ExtraCapacity is not { } capacity
        ? ""
        : string.Join(", ", capacity.Amounts.Select(amount => $"{amount.Key} {node.ExtraClaimed?.Amounts.GetValueOrDefault(amount.Key) ?? 0}/{amount.Value}"));

    /// <summary>What a task asks for: <c>, 2 GPUs (A100), licence 1</c>.</summary>
    public static string Wanted(ExtraDemand? extras) => extras is null
        ? ""
        : string.Concat((extras.Gpu is { } gpu ? [Of(gpu)] : Array.Empty<string>()).Concat(extras.Amounts.Select(amount => $"{amount.Key} {amount.Value}")).Select(text => $", {text}"));

    public static string Of(GpuSpec gpu)
    {
        var amount = gpu.Thousandths is { } share ? $"{Devices(share)} GPU" : $"{gpu.Count} GPU{(gpu.Count == 1 ? "" : "s")}";
        return gpu.Models.IsDefaultOrEmpty ? amount : $"{amount} ({string.Join(" or ", gpu.Models)})";
    }

    private static string Claimed(int thousandths) => thousandths == 0 ? "" : $" ({Devices(thousandths)} claimed)";

    private static int ClaimedOf(NodeView node, string device) =>
        node.ExtraClaimed?.Gpus.Where(share => share.Device == device).Sum(share => share.Thousandths) ?? 0;

    private static string Devices(int thousandths) => (thousandths / (decimal)WholeDevice).ToString("0.###", CultureInfo.InvariantCulture);
}
