using System.Globalization;
using System.Text.RegularExpressions;

namespace OrleansCluster.Tests.Api.Telemetry;

/// <summary>One page of <c>/metrics</c>, read by rules of its own: a line that is none of the format's fails.</summary>
internal sealed partial class Scrape
{
    private readonly List<(string Name, Dictionary<string, string> Labels, double Value)> _samples = [];

    public Scrape(string text)
    {
        Assert.EndsWith("\n", text);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Header().Match(line) is { Success: true } header)
                Assert.True(header.Groups[1].Value == "HELP" || Families.Add(header.Groups[2].Value), $"{header.Groups[2].Value} has two types");
            else if (Sample().Match(line) is { Success: true } sample)
                Add(sample);
            else
                Assert.Fail($"No line of the format: {line}");
        }
    }

    public HashSet<string> Families { get; } = new(StringComparer.Ordinal);

    public static async Task<Scrape> Of(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var response = await http.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        return new Scrape(await response.Content.ReadAsStringAsync());
    }

    /// <summary>The sum over all series of that name that have these labels.</summary>
    public double Sum(string name, params (string Name, string Value)[] labels) => _samples
        .Where(s => s.Name == name && labels.All(l => s.Labels.GetValueOrDefault(l.Name) == l.Value))
        .Sum(s => s.Value);

    private void Add(Match sample)
    {
        var labels = Label().Matches(sample.Groups[2].Value).ToDictionary(l => l.Groups[1].Value, l => l.Groups[2].Value);
        var value = sample.Groups[3].Value is "+Inf" ? double.PositiveInfinity : double.Parse(sample.Groups[3].Value, CultureInfo.InvariantCulture);
        Assert.False(
            _samples.Exists(s => s.Name == sample.Groups[1].Value && s.Labels.OrderBy(l => l.Key).SequenceEqual(labels.OrderBy(l => l.Key))),
            $"A series is there twice: {sample.Value}");
        _samples.Add((sample.Groups[1].Value, labels, value));
    }

    [GeneratedRegex(@"^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) .+$")]
    private static partial Regex Header();

    [GeneratedRegex("""^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\.)*",?)*\})? (\S+)$""")]
    private static partial Regex Sample();

    [GeneratedRegex("""([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"[,}]""")]
    private static partial Regex Label();
}
