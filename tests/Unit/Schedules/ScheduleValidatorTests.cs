using OrleansCluster.Grains.Schedules;

namespace OrleansCluster.Tests.Unit.Schedules;

public sealed class ScheduleValidatorTests
{
    [Theory]
    [InlineData("30 2 * * *")]
    [InlineData("0 30 2 * * MON-FRI")]
    [InlineData("*/5 * * * *")]
    [InlineData("@hourly")]
    public void Validate_Good_HasNoFaults(string cron) => Assert.Empty(ScheduleValidator.Validate(Samples.Spec with { Cron = cron, TimeZone = "Europe/Berlin" }));

    [Theory]
    [InlineData("")]
    [InlineData("* * *")]
    [InlineData("* * * * * * *")]
    [InlineData("99 * * * *")]
    [InlineData("nightly")]
    [InlineData("0 0 30 2 *")]
    [InlineData(null)]
    public void Validate_Cron_SaysWhatIsWrong(string? cron) => Assert.Equal("/cron", Assert.Single(ScheduleValidator.Validate(Samples.Spec with { Cron = cron! })).Path);

    [Theory]
    [InlineData("Berlin")]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData(null)]
    public void Validate_TimeZone_MustBeOneOfIanas(string? zone) => Assert.Equal("/timeZone", Assert.Single(ScheduleValidator.Validate(Samples.Spec with { TimeZone = zone! })).Path);

    [Fact]
    public void Validate_ManyFaults_TellsOfAllTheJobsUnderItsPath()
    {
        var spec = new ScheduleSpec
        {
            Name = "Bad",
            Cron = "x",
            TimeZone = "Nowhere",
            MissedAfter = 0,
            Job = Samples.Spec.Job with { Priority = 1000, StartAt = DateTimeOffset.UnixEpoch, Tasks = [Samples.Spec.Job.Tasks[0] with { DependsOn = ["z"] }] },
        };

        Assert.Equal(
            ["/name", "/cron", "/timeZone", "/job/priority", "/job/tasks/0/dependsOn/0", "/job/startAt", "/missedAfter"],
            ScheduleValidator.Validate(spec).Select(fault => fault.Path));
    }

    [Fact]
    public void Validate_NoJob_IsAFault() => Assert.Equal("/job", Assert.Single(ScheduleValidator.Validate(Samples.Spec with { Job = null! })).Path);
}
