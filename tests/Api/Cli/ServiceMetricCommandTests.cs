using OrleansCluster.Tests.Api.Sdk;

namespace OrleansCluster.Tests.Api.Cli;

public sealed class ServiceMetricCommandTests : CliTest
{
    private static readonly ServiceMetric _queue = new() { Name = "queue-length", Value = 1200.5, At = InstantTime.Now };

    [Fact]
    public async Task Metric_Value_IsSentAndSaid()
    {
        Cluster.OnJson("PUT /v1/services/web/metrics/queue-length", _queue);

        var result = await RunAsync("service", "metric", "web", "queue-length", "1200.5");

        Assert.Equal((0, "Service web: queue-length is 1200.5.\n"), (result.ExitCode, result.Out));
        Assert.Equal("{\"value\":1200.5}", Cluster.Requests.Single().Body);
    }

    [Fact]
    public async Task Metric_Json_IsTheMetric()
    {
        Cluster.OnJson("PUT /v1/services/web/metrics/queue-length", _queue);

        var result = await RunAsync("service", "metric", "web", "queue-length", "1200.5", "--json");

        Assert.Equal(1200.5, System.Text.Json.JsonDocument.Parse(result.Out).RootElement.GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task Metric_NoNumber_IsBadUsage()
    {
        Assert.Equal(2, (await RunAsync("service", "metric", "web", "queue-length", "many")).ExitCode);
        Assert.Empty(Cluster.Requests);
    }

    [Fact]
    public async Task Show_ScaledService_ShowsBoundsPoliciesMetricsAndTheLastChange()
    {
        var service = Samples.Service(DeploymentStatus.Completed);
        Cluster.OnJson("GET /v1/services/web", service with
        {
            Spec = service.Spec with
            {
                Autoscaling = new AutoscalingSpec
                {
                    Maximum = 8,
                    Policies = [new ScalingPolicy { Metric = "queue-length", Target = 100, PerTask = true }, new ScalingPolicy { Metric = "cpu", Target = 60, DisableScaleIn = true }],
                },
                DeploymentConfiguration = new DeploymentConfiguration { Alarms = new DeploymentAlarms { Alarms = [new AlarmSpec { Name = "errors", Metric = "error-rate", Above = 5, For = 10 }] } },
            },
            Scaling = new ScalingView { Minimum = 2, Maximum = 8, LastScaleOut = InstantTime.Now.AddMinutes(-3), Reason = "queue-length is 450, its target 100 for each task" },
            Metrics = [new ServiceMetric { Name = "cpu", Value = 41.257, At = InstantTime.Now.AddSeconds(-5), Tasks = 2 }, new ServiceMetric { Name = "error-rate", Value = 0.1, At = InstantTime.Now.AddSeconds(-2) }],
        });

        var shown = (await RunAsync("service", "show", "web")).Out;

        Assert.Matches(@"Scaled +2 to 8 tasks by its schedule, 1 to 8 otherwise", shown);
        Assert.Matches(@"out 3m ago: queue-length is 450, its target 100 for each task|out 3 min(utes)? ago: queue-length is 450", shown);
        Assert.Matches(@"Or by +alarm errors \(error-rate above 5 for 10 s\), then roll back", shown);
        Assert.Matches(@"queue-length +- +100 a task +out 60 s, in 300 s", shown);
        Assert.Matches(@"cpu +41\.26 % of 2 tasks +60 % +out 60 s, never in", shown);
        Assert.Matches(@"error-rate +0\.1 +- +-", shown);
    }
}
