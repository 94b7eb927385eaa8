using OrleansCluster.Grains.Schedules;
using static OrleansCluster.Tests.Unit.Schedules.Samples;

namespace OrleansCluster.Tests.Unit.Schedules;

public sealed class ScheduleTimesTests
{
    [Theory]
    [InlineData("0 * * * *", "UTC", "2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z")]
    [InlineData("*/10 * * * * *", "UTC", "2026-03-01T10:00:03Z", "2026-03-01T10:00:10Z")]
    [InlineData("30 2 * * MON-FRI", "Europe/Berlin", "2026-11-27T12:00:00Z", "2026-11-30T01:30:00Z")]
    [InlineData("@daily", "Asia/Kolkata", "2026-03-01T00:00:00Z", "2026-03-01T18:30:00Z")]
    public void Next_Expression_IsByTheClocksOfItsZone(string cron, string zone, string after, string expected) => Assert.Equal(At(expected), Next(cron, zone, after));

    /// <summary>On 29 March 2026 the hour from 2 to 3 is left out, on 25 October it comes twice.</summary>
    [Theory]
    [InlineData("30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("30 2 * * *", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("*/30 * * * *", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z")]
    [InlineData("*/30 * * * *", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z")]
    public void Next_ClocksChangeInBerlin_ComesOnceADayAndAtEveryInterval(string cron, string after, string expected) => Assert.Equal(At(expected), Next(cron, "Europe/Berlin", after));

    [Theory]
    [InlineData("2026-03-29T00:30:00Z", "2026-03-28T01:30:00Z")]
    [InlineData("2026-03-29T05:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-25T05:00:00Z", "2026-10-25T00:30:00Z")]
    public void Newest_ClocksChangeInBerlin_IsTheOneThatNextWouldHaveGiven(string now, string expected) => Assert.Equal(
        At(expected), ScheduleTimes.Newest(Spec with { Cron = "30 2 * * *", TimeZone = "Europe/Berlin" }, At("2026-03-01T01:30:00Z"), At(now)));

    private static DateTimeOffset? Next(string cron, string zone, string after) => ScheduleTimes.Next(Spec with { Cron = cron, TimeZone = zone }, At(after));
}
