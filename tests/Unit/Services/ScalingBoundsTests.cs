using OrleansCluster.Grains.Services.Autoscaling;

namespace OrleansCluster.Tests.Unit.Services;

public sealed class ScalingBoundsTests
{
    private static readonly AutoscalingSpec _office = new()
    {
        Minimum = 1,
        Maximum = 10,
        Schedules =
        [
            new ScalingSchedule { Cron = "0 8 * * MON-FRI", TimeZone = "Europe/Berlin", Minimum = 5 },
            new ScalingSchedule { Cron = "0 18 * * MON-FRI", TimeZone = "Europe/Berlin", Minimum = 1, Maximum = 3 },
            new ScalingSchedule { Cron = "0 7 * * MON-FRI", TimeZone = "Europe/Berlin", Maximum = 10 },
        ],
    };

    [Theory]
    [InlineData("2026-11-27T06:59:59Z", 1, 10, "2026-11-27T07:00:00Z")]
    [InlineData("2026-11-27T07:00:00Z", 5, 10, "2026-11-27T17:00:00Z")]
    [InlineData("2026-11-27T17:00:00Z", 1, 3, "2026-11-30T06:00:00Z")]
    [InlineData("2026-11-29T12:00:00Z", 1, 3, "2026-11-30T06:00:00Z")]
    public void Of_Moment_IsByTheNewestOfEachSchedule(string now, int minimum, int maximum, string until) =>
        Assert.Equal(new ScalingBounds(minimum, maximum, At(until)), ScalingBounds.Of(_office, At(now)));

    [Fact]
    public void Of_NoSchedule_IsTheSpecifications() => Assert.Equal(new ScalingBounds(1, 10, null), ScalingBounds.Of(_office with { Schedules = [] }, At("2026-11-27T12:00:00Z")));

    [Fact]
    public void Of_MinimumAboveTheMaximum_TheMaximumCounts()
    {
        var spec = new AutoscalingSpec { Maximum = 10, Schedules = [new ScalingSchedule { Cron = "0 8 * * *", Minimum = 8 }, new ScalingSchedule { Cron = "0 9 * * *", Maximum = 4 }] };

        Assert.Equal((4, 4), ScalingBounds.Of(spec, At("2026-11-27T12:00:00Z")) is var bounds ? (bounds.Minimum, bounds.Maximum) : default);
    }

    /// <summary>On 29 March 2026 the hour from 2 to 3 is left out in Berlin, and 25 October has it twice.</summary>
    [Theory]
    [InlineData("2026-03-29T00:59:00Z", 3)]
    [InlineData("2026-03-29T01:00:00Z", 7)]
    [InlineData("2026-10-25T00:29:00Z", 3)]
    [InlineData("2026-10-25T00:30:00Z", 7)]
    [InlineData("2026-10-25T01:45:00Z", 7)]
    public void Of_ClocksChange_ComesOnceADay(string now, int minimum)
    {
        var spec = new AutoscalingSpec
        {
            Maximum = 10,
            Schedules = [new ScalingSchedule { Cron = "30 2 * * *", TimeZone = "Europe/Berlin", Minimum = 7 }, new ScalingSchedule { Cron = "0 20 * * *", TimeZone = "Europe/Berlin", Minimum = 3 }],
        };

        Assert.Equal(minimum, ScalingBounds.Of(spec, At(now)).Minimum);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
