using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OrleansCluster.Silo.Telemetry.Prometheus;

namespace OrleansCluster.Tests.Unit.Telemetry;

/// <summary>What Prometheus gets to read, from real instruments through the real reader.</summary>
public sealed class ExpositionTests : IDisposable
{
    private readonly Meter _meter = new($"exposition-{Guid.NewGuid()}");
    private readonly MetricsPage _page;

    public ExpositionTests()
    {
        _page = new MetricsPage(reader => Sdk.CreateMeterProviderBuilder().AddMeter(_meter.Name).AddMeter(_meter.Name + ".other").AddReader(reader).Build());
        _page.Open();
    }

    public void Dispose()
    {
        _page.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Render_NothingCounted_IsEmpty() => Assert.Equal("", _page.Render());

    [Fact]
    public void Render_Counter_HelpTypeAndSum()
    {
        var counter = _meter.CreateCounter<long>("ocs.cakes", "{cake}", "Cakes eaten.");
        counter.Add(2, new KeyValuePair<string, object?>("kind", "plum"));
        counter.Add(3, new KeyValuePair<string, object?>("kind", "plum"));

        Assert.Equal("# HELP ocs_cakes_total Cakes eaten.\n# TYPE ocs_cakes_total counter\nocs_cakes_total{kind=\"plum\"} 5\n", _page.Render());
    }

    [Fact]
    public void Render_Twice_CountsOnFromTheStart()
    {
        var counter = _meter.CreateCounter<long>("cakes");
        counter.Add(1);
        _page.Render();
        counter.Add(1);

        Assert.Equal("# TYPE cakes_total counter\ncakes_total 2\n", _page.Render());
    }

    [Fact]
    public void Render_Histogram_BucketsCountWhatIsNotAbove()
    {
        var histogram = _meter.CreateHistogram(
            "wait", "s", "Time waited.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        foreach (var value in (double[])[0.25, 0.5, 0.75, 4])
            histogram.Record(value, new KeyValuePair<string, object?>("step", "start"));

        Assert.Equal(
            """
            # HELP wait_seconds Time waited.
            # TYPE wait_seconds histogram
            wait_seconds_bucket{step="start",le="0.5"} 2
            wait_seconds_bucket{step="start",le="1"} 3
            wait_seconds_bucket{step="start",le="+Inf"} 4
            wait_seconds_sum{step="start"} 5.5
            wait_seconds_count{step="start"} 4

            """,
            _page.Render());
    }

    [Fact]
    public void Render_HistogramWithoutLabels_HasTheBoundAlone()
    {
        _meter.CreateHistogram("wait", "s", null, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1] }).Record(2);

        Assert.Contains("wait_seconds_bucket{le=\"1\"} 0\nwait_seconds_bucket{le=\"+Inf\"} 1\nwait_seconds_sum 2\n", _page.Render());
    }

    [Fact]
    public void Render_GaugesAndUpDownCounters_AreGauges()
    {
        _meter.CreateUpDownCounter<int>("guests").Add(-3);
        _meter.CreateObservableGauge("level", () => 0.5, "1");

        Assert.Equal("# TYPE guests gauge\nguests -3\n# TYPE level_ratio gauge\nlevel_ratio 0.5\n", _page.Render());
    }

    [Theory]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(1e21, "1E+21")]
    [InlineData(-0.125, "-0.125")]
    public void Render_SpecialNumbers_AsTheFormatSpellsThem(double value, string spelled)
    {
        _meter.CreateObservableGauge("level", () => value);

        Assert.EndsWith($"level {spelled}\n", _page.Render());
    }

    [Fact]
    public void Render_LabelsAndHelp_AreEscaped()
    {
        _meter.CreateCounter<long>("cakes", null, "a\\b\nc \"d\"").Add(1, new KeyValuePair<string, object?>("kind", "a\\b\nc \"d\""));

        Assert.Equal(
            "# HELP cakes_total a\\\\b\\nc \"d\"\n# TYPE cakes_total counter\ncakes_total{kind=\"a\\\\b\\nc \\\"d\\\"\"} 1\n", _page.Render());
    }

    [Fact]
    public void Render_Tags_AreSortedAndOfAnyType()
    {
        _meter.CreateCounter<long>("cakes").Add(1, new("with.cream", true), new("count", 2), new("absent", null), new("9", 1.5));

        Assert.EndsWith("cakes_total{_9=\"1.5\",absent=\"\",count=\"2\",with_cream=\"true\"} 1\n", _page.Render());
    }

    [Fact]
    public void Render_TagsThatComeToOneLabel_AreJoined()
    {
        _meter.CreateCounter<long>("cakes").Add(1, new("a.b", "x"), new("a_b", "y"));

        Assert.EndsWith("cakes_total{a_b=\"x;y\"} 1\n", _page.Render());
    }

    [Fact]
    public void Render_OneNameInTwoMeters_SharesAHeaderAndSaysWhose()
    {
        using var other = new Meter(_meter.Name + ".other");
        _meter.CreateCounter<long>("cakes").Add(1);
        other.CreateCounter<long>("cakes").Add(2);

        Assert.Equal(
            $"# TYPE cakes_total counter\ncakes_total{{otel_scope_name=\"{_meter.Name}\"}} 1\ncakes_total{{otel_scope_name=\"{other.Name}\"}} 2\n", _page.Render());
    }

    [Fact]
    public void Render_OneNameOfTwoKinds_KeepsTheFirst()
    {
        using var other = new Meter(_meter.Name + ".other");
        _meter.CreateUpDownCounter<long>("cakes").Add(1);
        other.CreateHistogram<double>("cakes").Record(2);

        Assert.Equal("# TYPE cakes gauge\ncakes 1\n", _page.Render());
    }

    [Fact]
    public void Render_GaugeThatIsGone_IsNotShownAgain()
    {
        var teams = new List<string> { "a", "b" };
        _meter.CreateObservableGauge("queue", () => teams.Select(team => new Measurement<int>(1, new KeyValuePair<string, object?>("team", team))).ToList());
        _page.Render();
        teams.Remove("a");

        Assert.Equal("# TYPE queue gauge\nqueue{team=\"b\"} 1\n", _page.Render());
    }
}
