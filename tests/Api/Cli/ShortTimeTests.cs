using OrleansCluster.Cli.Output;

namespace OrleansCluster.Tests.Api.Cli;

public sealed class ShortTimeTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-5, "now")]
    [InlineData(0.4, "now")]
    [InlineData(59.9, "59s ago")]
    [InlineData(60, "1m ago")]
    [InlineData(3599, "59m ago")]
    [InlineData(86399, "23h ago")]
    [InlineData(86400 * 13, "13d ago")]
    [InlineData(86400 * 14, "2026-11-08")]
    public void Ago_Seconds_IsShort(double seconds, string expected) => Assert.Equal(expected, ShortTime.Ago(_now.AddSeconds(-seconds), _now));

    [Theory]
    [InlineData(-1, "0.0s")]
    [InlineData(0.04, "0.0s")]
    [InlineData(9.94, "9.9s")]
    [InlineData(9.96, "9s")]
    [InlineData(60, "1m00s")]
    [InlineData(3661, "1h01m")]
    [InlineData(90000, "1d01h")]
    public void Span_Seconds_IsShort(double seconds, string expected) => Assert.Equal(expected, ShortTime.Span(TimeSpan.FromSeconds(seconds)));
}
