using System.Globalization;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Benchmarks.Gpu;

/// <summary>
/// What the paper's own simulator gives for the trace <c>openb_pod_list_default</c>, in percent: means and standard deviations over ten seeds, from
/// experiments/analysis/expected_results/analysis_allo_discrete.csv of hkust-adsl/kubernetes-scheduler-simulator at 8f3d641.
/// </summary>
internal static class GpuPublished
{
    public static string At(GpuStrategy strategy) => strategy switch
    {
        GpuStrategy.Random => Text(86.30, 87.47, 0.32),
        GpuStrategy.BestFit => Text(92.86, 93.08, 0.13),
        GpuStrategy.Fgd => Text(95.23, 95.39, 0.08),
        _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "Nothing is published for it."),
    };

    private static string Text(double at100, double at130, double deviation) =>
        string.Create(CultureInfo.InvariantCulture, $"{at100:F2}, {at130:F2} ± {deviation:F2}");
}
