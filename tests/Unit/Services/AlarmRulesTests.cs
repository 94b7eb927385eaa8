using System.Collections.Immutable;
using OrleansCluster.Grains.Services;
using OrleansCluster.Grains.Services.Autoscaling;
using OrleansCluster.Grains.Tasks.Jobs;

namespace OrleansCluster.Tests.Unit.Services;

public sealed class AlarmRulesTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly AlarmSpec _errors = new() { Name = "errors", Metric = "error-rate", Above = 5, For = 30 };

    [Fact]
    public void Judge_AboveForLongEnough_FailsTheDeploymentAndTakesItBack()
    {
        var states = Note(AlarmRules.None, 7.5, 0);
        states = Note(states, 9, 29);
        Assert.Same(Deployed, Judge(states, 29));

        var failed = Judge(states, 30);

        Assert.Equal((DeploymentStatus.Failed, "alarm errors: error-rate is 9, above 5 for 30 s."), (failed.Deployments[1].Status, failed.Deployments[1].Reason));
        Assert.Equal((DeploymentStatus.InProgress, 1, 2), (failed.Primary.Status, failed.Primary.Revision, failed.Primary.RollbackOf));
    }

    [Fact]
    public void Judge_WithoutRollback_OnlyFails()
    {
        var failed = AlarmRules.Judge(With(Alarms with { Rollback = false }), Note(AlarmRules.None, 7, 0), _now.AddSeconds(30));

        Assert.Equal((2, DeploymentStatus.Failed), (failed.Primary.Number, failed.Primary.Status));
    }

    [Fact]
    public void Note_BackOrUnknown_BeginsAnew()
    {
        var states = Note(AlarmRules.None, 7, 0);
        Assert.Empty(Note(states, 5, 10));
        Assert.Empty(Note(states, null, 10));
        Assert.Empty(AlarmRules.Note(states, Alarms with { Enable = false }, Metric(7), _now));
        Assert.Equal(_now.AddSeconds(20), Note(Note(states, null, 10), 7, 20)[_errors].Since);
    }

    [Fact]
    public void Judge_WasInAlarmBeforeTheDeploymentBegan_CountsOnceItWasBack()
    {
        var states = Note(AlarmRules.None, 7, -100);
        Assert.Same(Deployed, Judge(states, 500));

        states = Note(Note(states, 1, 10), 7, 20);
        Assert.Equal(DeploymentStatus.Failed, Judge(states, 50).Deployments[1].Status);
    }

    [Fact]
    public void Judge_WasNotInAlarmYet_Counts() => Assert.Equal(DeploymentStatus.Failed, Judge(Note(AlarmRules.None, 7, -29), 1).Deployments[1].Status);

    [Fact]
    public void Judge_RollBackOrNoneUnderWay_IsLeftAlone()
    {
        var states = Note(AlarmRules.None, 7, 1);
        var back = Deployed.With(Deployed.Primary with { RollbackOf = 1 });
        var done = Deployed.With(Deployed.Primary.End(DeploymentStatus.Completed, null, _now));

        Assert.Same(back, AlarmRules.Judge(back, states, _now.AddSeconds(60)));
        Assert.Same(done, AlarmRules.Judge(done, states, _now.AddSeconds(60)));
    }

    [Fact]
    public void Next_Below_IsWhenItFires()
    {
        var below = new DeploymentAlarms { Alarms = [new AlarmSpec { Name = "idle", Metric = "error-rate", Below = 1, For = 60 }] };
        var states = AlarmRules.Note(AlarmRules.None, below, Metric(0.5), _now);

        Assert.Equal(_now.AddSeconds(60), AlarmRules.Next(states, _now));
        Assert.Null(AlarmRules.Next(states, _now.AddSeconds(60)));
    }

    private static DeploymentAlarms Alarms { get; } = new() { Alarms = [_errors] };

    private static ServiceRecord Deployed { get; } = With(Alarms);

    private static ServiceRecord With(DeploymentAlarms alarms)
    {
        var spec = new ServiceSpec { Name = "web", Definition = "web", DeploymentConfiguration = new DeploymentConfiguration { Alarms = alarms } };
        var record = ServiceRules.Create(spec, TaskOf("web:1"), 0, _now.AddHours(-1));
        record = record.With(record.Primary.End(DeploymentStatus.Completed, null, _now.AddMinutes(-50))) with { Completed = 1 };
        return ServiceRules.Update(record, spec, TaskOf("web:2"), _now);
    }

    private static ServiceRecord Judge(ImmutableDictionary<AlarmSpec, AlarmState> states, int second) => AlarmRules.Judge(Deployed, states, _now.AddSeconds(second));

    private static ImmutableDictionary<AlarmSpec, AlarmState> Note(ImmutableDictionary<AlarmSpec, AlarmState> states, double? value, int second) =>
        AlarmRules.Note(states, Alarms, Metric(value), _now.AddSeconds(second));

    private static Dictionary<string, MetricReading> Metric(double? value) => value is { } known ? new() { ["error-rate"] = new MetricReading(known, _now, 0) } : [];

    private static ResolvedTask TaskOf(string definition) => new("service", definition, new Resources(100, 32, 0), [], ["main"]);
}
