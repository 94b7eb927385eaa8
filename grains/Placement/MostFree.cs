using System.Globalization;
using OrleansCluster.Placement.Extras;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Placement;

/// <summary>The most that any node has free of what a request wants, to be said behind what is insufficient.</summary>
internal sealed class MostFree(PlacementRequest request)
{
    private readonly Dictionary<string, int> _amounts = new(StringComparer.Ordinal);
    private Resources _free;
    private int _gpu;
    private int _ofModel;

    public void Look(ClusterArrays arrays, int node)
    {
        var free = arrays.FreeOf(node);
        _free = new Resources(Math.Max(_free.Cpu, free.Cpu), Math.Max(_free.Memory, free.Memory), Math.Max(_free.Disk, free.Disk));
        if (request.Extras is { } extras && arrays.RoomOf(node) is { } room)
            Look(room, extras);
    }

    /// <summary>Empty for a reason that is no amount.</summary>
    public string Of(Shortfall shortfall) => shortfall.Obstacle switch
    {
        Obstacle.Cpu => Text(request.Resources.Cpu, "millicores", _free.Cpu, "a node"),
        Obstacle.Memory => Text(request.Resources.Memory, "MiB", _free.Memory, "a node"),
        Obstacle.Disk => Text(request.Resources.Disk, "MiB", _free.Disk, "a node"),
        Obstacle.Gpu => GpuText(request.Extras!.Gpu!),
        Obstacle.GpuModel => string.Create(CultureInfo.InvariantCulture, $" ({request.Extras!.Gpu!.Count ?? 1} wanted, at most {_ofModel} on a node)"),
        Obstacle.Amount => Text(request.Extras!.Amounts[shortfall.Text!], "", _amounts.GetValueOrDefault(shortfall.Text!), "a node"),
        _ => "",
    };

    private void Look(ExtraRoom room, ExtraDemand extras)
    {
        if (extras.Gpu is { } gpu)
            _gpu = Math.Max(_gpu, gpu.Thousandths is null ? room.CountWith(gpu, GpuDemand.WholeDevice) : room.LargestOf(gpu));
        if (extras.Gpu is { Models.IsEmpty: false } named)
            _ofModel = Math.Max(_ofModel, room.CountWith(named, 0));
        foreach (var name in extras.Amounts.Keys)
            _amounts[name] = Math.Max(_amounts.GetValueOrDefault(name), room.LeftOf(name));
    }

    private string GpuText(GpuSpec gpu) => gpu.Thousandths is { } share ? Text(share, "thousandths", _gpu, "a device") : Text(gpu.Count ?? 0, "whole", _gpu, "a node");

    private static string Text(int wanted, string unit, int most, string where) =>
        string.Create(CultureInfo.InvariantCulture, $" ({wanted} {unit}{(unit.Length > 0 ? " " : "")}wanted, at most {most} free on {where})");
}
