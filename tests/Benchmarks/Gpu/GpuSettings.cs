using System.Collections.Immutable;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Benchmarks.Gpu;

/// <param name="Strategy">All of them where it is <see langword="null"/>.</param>
internal sealed record GpuSettings(FileInfo Tasks, FileInfo Nodes, GpuStrategy? Strategy, int Seeds)
{
    public ImmutableArray<GpuStrategy> Strategies => Strategy is { } one ? [one] : [GpuStrategy.Random, GpuStrategy.BestFit, GpuStrategy.Fgd];

    public string? Fault
    {
        get
        {
            if (Seeds is < 1 or > 1000)
                return "--seeds takes 1 to 1000";
            if (Strategy is { } strategy && !Enum.IsDefined(strategy))
                return "--strategy takes random, bestfit or fgd";
            return Missing("--tasks", Tasks) ?? Missing("--nodes", Nodes);
        }
    }

    private static string? Missing(string option, FileInfo file) => file.Exists ? null : $"{option} {file}: there is no such file";
}
