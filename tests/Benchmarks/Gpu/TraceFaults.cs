namespace OrleansCluster.Benchmarks.Gpu;

/// <summary>What is wrong with the files: all of it at once, up to a limit.</summary>
internal sealed class TraceFaults
{
    private const int MostShown = 20;

    private readonly List<string> _shown = [];

    public int Count { get; private set; }

    public void Add(string fault)
    {
        Count++;
        if (_shown.Count < MostShown)
            _shown.Add(fault);
    }

    public string ToText() => string.Join(
        Environment.NewLine,
        [$"the trace cannot be used, {Count} fault{(Count == 1 ? "" : "s")}:", .. _shown.Select(fault => $"  {fault}"), .. Count > _shown.Count ? ["  …"] : Array.Empty<string>()]);
}
