using OrleansCluster.Grains.Schedules;

namespace OrleansCluster.Tests.Unit.Schedules;

/// <summary>Schedules for the tests beside this.</summary>
internal static class Samples
{
    public static ScheduleSpec Spec { get; } = new()
    {
        Name = "nightly",
        Cron = "0 * * * *",
        Job = new JobSpec
        {
            Name = "report",
            Tasks = [new JobTaskSpec { Name = "t", Containers = [new ContainerSpec { Name = "c", Image = "app", Resources = new Resources(100, 32, 0) }] }],
        },
    };

    public static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    public static ScheduleRecord Put(ScheduleSpec spec, string now) => ScheduleRules.Put(null, spec, default, At(now));
}
