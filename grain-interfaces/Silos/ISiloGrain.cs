using Orleans.Concurrency;

namespace OrleansCluster;

/// <summary>One silo's own view, for the others. It lives on that silo. Key: <see cref="GrainKeys.Silo"/>.</summary>
[Alias("ocs.ISiloGrain")]
public interface ISiloGrain : IGrainWithStringKey
{
    /// <summary>From the silo itself at its start, so that the grain lives there.</summary>
    [Alias("Ensure"), AlwaysInterleave]
    Task Ensure();

    /// <summary>Whether that silo reaches the store at this moment; <see langword="null"/> where the silo has gone and another one answers.</summary>
    [Alias("ReachesStore"), AlwaysInterleave, ResponseTimeout("00:00:02")]
    Task<bool?> ReachesStore();
}
