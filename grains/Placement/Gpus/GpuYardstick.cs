using OrleansCluster.Placement.Extras;

namespace OrleansCluster.Placement.Gpus;

/// <summary>What the strategy <c>fgd</c> measures nodes by: the GPU that the requests which a scheduler knows ask for, as the workload to come.</summary>
public sealed class GpuYardstick
{
    private const int Percent = 95;
    private readonly GpuWorkload _workload;
    private readonly GpuModels _models;

    private GpuYardstick(GpuWorkload workload, GpuModels models) => (_workload, _models) = (workload, models);

    public static bool IsAskedFor(PlacementRequest request) => !request.Strategy.IsEmpty && request.Strategy.Any(step => step.Type == PlacementStepType.Fgd);

    public static GpuYardstick Of(IEnumerable<PlacementRequest> known)
    {
        var requests = known.Where(request => request.Extras?.Gpu is not null).ToList();

        // More models than a set has bits only make the measure coarser: no node is refused by it.
        var models = new GpuModels(requests.SelectMany(request => request.Extras!.Gpu!.Models).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(GpuModels.Limit));
        return new GpuYardstick(GpuWorkload.Typical(requests.Select(request => DemandOf(request, models)), Percent), models);
    }

    /// <summary>From 0, where the request uses up fragments, to 100, where it leaves new ones; <see cref="ClusterArrays.Closed"/> where it does not fit.</summary>
    internal int KeyOf(ClusterArrays arrays, int node, PlacementRequest request)
    {
        if (arrays.Check(node, request) is not null)
            return ClusterArrays.Closed;
        var room = arrays.RoomOf(node);
        var before = new GpuRest(arrays.FreeCpu[node], arrays.FreeMemory[node], BitsOf(room));
        var demand = DemandOf(request, _models);
        var chosen = request.Extras?.Gpu is { } gpu ? room!.DevicesFor(gpu) : 0;
        return GpuScore.Best - GpuScore.OfIncrease(_workload, FragmentationIncrease.After(_workload, before, room is null ? [] : room.Free, demand, chosen));
    }

    private static GpuDemand DemandOf(PlacementRequest request, GpuModels models) => GpuDemand.Of(
        request.Resources,
        request.Extras?.Gpu,
        request.Extras?.Gpu is { Models.IsEmpty: false } gpu ? gpu.Models.Aggregate(0, (set, name) => set | models.BitOf(name)) : GpuModels.Any);

    /// <summary>A node with devices of several models counts as one whose devices are all of each.</summary>
    private int BitsOf(ExtraRoom? room) => room is null ? 0 : room.Capacity.Gpus.Aggregate(0, (set, gpu) => set | _models.BitOf(gpu.Model));
}
