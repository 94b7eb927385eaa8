using OrleansCluster.Grains.Services;

namespace OrleansCluster.Tests.Unit.Services;

public sealed class AutoscalingValidatorTests
{
    private static readonly AutoscalingSpec _scaling = new() { Minimum = 2, Maximum = 6, Policies = [new ScalingPolicy { Metric = "cpu", Target = 50 }] };

    [Fact]
    public void Validate_Good_HasNoFault() => Assert.Empty(ServiceValidator.Validate(Spec(_scaling with
    {
        Schedules = [new ScalingSchedule { Cron = "0 8 * * *", TimeZone = "Europe/Berlin", Minimum = 4 }],
    })));

    [Fact]
    public void Validate_AllKindsOfFaults_ListsThemAll()
    {
        var faults = ServiceValidator.Validate(Spec(new AutoscalingSpec
        {
            Minimum = 7,
            Maximum = 6,
            Policies = [new ScalingPolicy { Metric = "Queue", Target = 0, ScaleOutCooldown = -1, ScaleInCooldown = 86_401 }, new ScalingPolicy { Metric = "cpu", Target = 50, PerTask = true }],
            Schedules = [new ScalingSchedule { Cron = "never", TimeZone = "Atlantis" }, new ScalingSchedule { Cron = "@daily", Minimum = 8 }, new ScalingSchedule { Cron = "@daily", Minimum = -1, Maximum = 10_001 }],
        }) with
        {
            SchedulingStrategy = SchedulingStrategy.Daemon,
            DeploymentConfiguration = new DeploymentConfiguration
            {
                Alarms = new DeploymentAlarms
                {
                    Alarms = [new AlarmSpec { Name = "a", Metric = "errors" }, new AlarmSpec { Name = "a", Metric = "Errors", Above = 1, Below = 2, For = 3_601 }],
                },
            },
        });

        Assert.Equal(
            [
                "/deploymentConfiguration/alarms/alarms/0",
                "/deploymentConfiguration/alarms/alarms/1/name",
                "/deploymentConfiguration/alarms/alarms/1/metric",
                "/deploymentConfiguration/alarms/alarms/1",
                "/deploymentConfiguration/alarms/alarms/1/for",
                "/autoscaling",
                "/autoscaling/maximum",
                "/autoscaling/policies/0/metric",
                "/autoscaling/policies/0/target",
                "/autoscaling/policies/0/scaleOutCooldown",
                "/autoscaling/policies/0/scaleInCooldown",
                "/autoscaling/policies/1/perTask",
                "/autoscaling/schedules/0/cron",
                "/autoscaling/schedules/0/timeZone",
                "/autoscaling/schedules/0",
                "/autoscaling/schedules/0",
                "/autoscaling/schedules/1",
                "/autoscaling/schedules/2/minimum",
                "/autoscaling/schedules/2/maximum",
            ],
            faults.Select(fault => fault.Path));
    }

    [Theory]
    [InlineData(2, 6, 150, true)]
    [InlineData(1, 6, 150, false)]
    [InlineData(0, 6, 150, false)]
    [InlineData(0, 6, 200, true)]
    public void Validate_ACountOfItsBoundsLetsNothingBeReplaced_IsAFault(int minimum, int maximum, int percent, bool isGood)
    {
        var spec = Spec(_scaling with { Minimum = minimum, Maximum = maximum }) with { DesiredCount = 4, DeploymentConfiguration = new DeploymentConfiguration { MaximumPercent = percent } };

        Assert.Equal(isGood ? [] : ["/deploymentConfiguration"], ServiceValidator.Validate(spec).Select(fault => fault.Path));
    }

    private static ServiceSpec Spec(AutoscalingSpec scaling) => new() { Name = "web", Definition = "web", Autoscaling = scaling };
}
