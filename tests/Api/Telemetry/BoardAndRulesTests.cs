using System.Text.Json;
using OrleansCluster.Tests.Api.EndToEnd;
using YamlDotNet.RepresentationModel;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.Telemetry;

/// <summary>A board and rules that name metrics which are no longer there show nothing, and warn of nothing.</summary>
public sealed class BoardAndRulesTests : IAsyncLifetime
{
    /// <summary>Made by Prometheus itself.</summary>
    private static readonly string[] _ofPrometheus = ["up"];

    private readonly string _data = Directory.CreateTempSubdirectory("ocs-board-").FullName;
    private SimulatedSilo _silo = null!;

    public async ValueTask InitializeAsync()
    {
        // Once a job has run, every part has made its instruments.
        _silo = await SimulatedSilo.Start(_data, "--entry", "127.0.0.1:0");
        var job = await _silo.Client.Jobs.SubmitAsync(Job("board", Task("main")));
        await _silo.Client.WaitForEnd(job.Id);
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public void Board_OfTheProject_NamesMetricsThatAreExposed()
    {
        var queries = QueriesOf(Read("infra/grafana/ocs-dashboard.json")).ToList();

        Assert.True(queries.Count > 30, $"Only {queries.Count} queries were found.");
        AssertExposed(queries);
    }

    [Fact]
    public void Rules_OfTheProject_NameMetricsThatAreExposed()
    {
        var rules = Rules().ToList();

        Assert.True(rules.Count >= 12, $"Only {rules.Count} rules were found.");
        Assert.All(rules, rule => Assert.True(rule.Children.ContainsKey("alert") && rule.Children.ContainsKey("labels") && rule.Children.ContainsKey("annotations")));
        AssertExposed(rules.Select(rule => ((YamlScalarNode)rule["expr"]).Value!));
    }

    [Fact]
    public void Metrics_OfOurOwn_AreAllOnTheBoardOrInARule()
    {
        var shown = QueriesOf(Read("infra/grafana/ocs-dashboard.json")).Concat(Rules().Select(rule => ((YamlScalarNode)rule["expr"]).Value!))
            .SelectMany(PromQl.MetricsIn).Select(FamilyOf).ToHashSet();

        Assert.Empty(DeclaredMetrics.Names().Where(name => name.StartsWith("ocs_", StringComparison.Ordinal)).Select(FamilyOf).Except(shown));
    }

    [Fact]
    public async Task DeclaredMetrics_OfARunningSilo_HoldAllThatItShows()
    {
        var families = (await Scrape.Of(_silo.Address)).Families.Where(name => name.StartsWith("ocs_", StringComparison.Ordinal));

        Assert.Subset(DeclaredMetrics.Names().Select(FamilyOf).ToHashSet(), families.ToHashSet());
    }

    [Theory]
    [InlineData("sum by (a, b) (rate(x_total{c=\"d\", e!~\"f g\"}[5m])) / y > 0.5", "x_total", "y")]
    [InlineData("absent(x) or on (i) y unless z", "x", "y", "z")]
    [InlineData("histogram_quantile(0.99, sum by (le) (rate(x_bucket{a=~\"$b\"}[$__rate_interval])))", "x_bucket")]
    public void MetricsIn_AQuery_AreItsMetricsAlone(string query, params string[] expected) =>
        Assert.Equal(expected, PromQl.MetricsIn(query));

    private static void AssertExposed(IEnumerable<string> queries) =>
        Assert.Empty(queries.SelectMany(PromQl.MetricsIn).Distinct().Except(DeclaredMetrics.Names()).Except(_ofPrometheus));

    private static IEnumerable<string> QueriesOf(string board)
    {
        using var json = JsonDocument.Parse(board);
        return
        [
            .. from panel in json.RootElement.GetProperty("panels").EnumerateArray()
               where panel.TryGetProperty("targets", out _)
               from target in panel.GetProperty("targets").EnumerateArray()
               select target.GetProperty("expr").GetString()!,
        ];
    }

    private static IEnumerable<YamlMappingNode> Rules()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Read("infra/prometheus/alerts.yaml")));
        return ((YamlSequenceNode)yaml.Documents[0].RootNode["groups"]).SelectMany(group => (YamlSequenceNode)group["rules"]).Cast<YamlMappingNode>();
    }

    private static string FamilyOf(string name)
    {
        foreach (var suffix in (string[])["_bucket", "_sum", "_count"])
        {
            if (name.EndsWith($"seconds{suffix}", StringComparison.Ordinal) || name.EndsWith($"size{suffix}", StringComparison.Ordinal))
                return name[..^suffix.Length];
        }

        return name;
    }

    private static string Read(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "OrleansCluster.sln")))
            folder = folder.Parent;
        return File.ReadAllText(Path.Combine(folder.FullName, path));
    }
}
