namespace OrleansCluster.Benchmarks.Figures;

/// <summary>What is wrong with the files that a benchmark was handed: all of it at once, up to a limit.</summary>
/// <param name="title">What cannot be done for it: "the trace cannot be used".</param>
internal sealed class InputFaults(string title)
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
        [$"{title}, {Count} fault{(Count == 1 ? "" : "s")}:", .. _shown.Select(fault => $"  {fault}"), .. Count > _shown.Count ? ["  …"] : Array.Empty<string>()]);
}
