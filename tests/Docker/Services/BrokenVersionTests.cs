using OrleansCluster.Tests.Docker.EndToEnd;

namespace OrleansCluster.Tests.Docker.Services;

/// <summary>A version that does not work, in real containers: the old one serves all the while, and is what is there in the end.</summary>
public sealed class BrokenVersionTests(Daemon daemon) : EndToEndTest(daemon)
{
    /// <summary>ECS's rule for six tasks.</summary>
    private const int Threshold = 3;

    public enum Fault
    {
        ExitsAtOnce,
        NeverHealthy,
    }

    [Theory]
    [InlineData(Fault.ExitsAtOnce, DeploymentStrategy.Rolling)]
    [InlineData(Fault.NeverHealthy, DeploymentStrategy.Rolling)]
    [InlineData(Fault.NeverHealthy, DeploymentStrategy.BlueGreen)]
    public async Task Deploy_BrokenVersion_IsTakenBackAndTheOldOneServesThroughout(Fault fault, DeploymentStrategy strategy)
    {
        await using var silo = await ServiceSilo.Start(Data, Cluster);
        var service = silo.Service(Cluster, "web");
        await WebService.Put(service, Of(strategy, WebService.Spec("one")));
        await WebService.WaitFor(service, "is complete", view => view.Deployments[0].Status == DeploymentStatus.Completed);
        await using var load = new WebLoad(silo.Http, $"web.{Cluster}.ocs.internal");
        await Poll.Until("an answer of each of the old tasks", () => Task.FromResult(load.Answers.Count == WebService.Count ? "so" : null));

        await WebService.Put(service, Of(strategy, Broken(fault)));
        var fewest = WebService.Count;
        ServiceView? last = null;
        await WebService.WaitFor(service, "is taken back", view =>
        {
            last = view;
            fewest = Math.Min(fewest, view.Tasks.Count(task => task is { Revision: 1, IsHealthy: true, DesiredStatus: DesiredStatus.Running }));
            return view.Deployments[0] is { RollbackOf: 2, Status: DeploymentStatus.Completed } && view.Tasks.Length == WebService.Count;
        });
        var answered = load.Answers.Values.Sum();
        await Poll.Until("answers after that", () => Task.FromResult(load.Answers.Values.Sum() > answered + 100 ? "so" : null));
        await load.Stop();

        Assert.Empty(load.Failures);
        Assert.Equal(WebService.Count, fewest);
        Assert.All(load.Answers.Keys, answer => Assert.StartsWith("one web.", answer, StringComparison.Ordinal));
        Assert.Equal(WebService.Count, load.Answers.Count);
        var failed = last!.Deployments[1];
        Assert.Equal((DeploymentStatus.Failed, Threshold), (failed.Status, failed.FailureThreshold));
        Assert.True(failed.Failures >= Threshold, $"{failed}");
        await WebService.Delete(service);
    }

    /// <summary>Healthy is what has run for so long that its end would have been heard of on a busy machine, too.</summary>
    private static ServiceSpec Of(DeploymentStrategy strategy, ServiceSpec spec) =>
        spec with { DeploymentConfiguration = new DeploymentConfiguration { Strategy = strategy, BakeTime = 0, MinimumHealthyTime = 15 } };

    private static ServiceSpec Broken(Fault fault)
    {
        var spec = WebService.Spec("two");
        var container = spec.Containers[0];
        return spec with
        {
            Containers =
            [
                fault == Fault.ExitsAtOnce
                    ? container with { Command = ["sh", "-c", "exit 3"] }
                    : container with { HealthCheck = new HealthCheckSpec { Http = new HttpCheckSpec { Port = 80, Path = "/missing.html" }, Interval = 1, Timeout = 30, Retries = 2 } },
            ],
        };
    }
}
