using OrleansCluster.Client;

namespace OrleansCluster.Tests.Docker.EndToEnd;

/// <summary>Health from real containers to the task: a web server whose page comes and goes, and a file that a command looks for.</summary>
public sealed class HealthTests(Daemon daemon) : EndToEndTest(daemon)
{
    private const int Port = 8080;

    [Theory]
    [InlineData(NetworkMode.Bridge)]
    [InlineData(NetworkMode.Host)]
    public async Task Http_PageComesAndGoes_TaskSaysSoAlsoAfterTheSiloWasKilled(NetworkMode network)
    {
        var port = network == NetworkMode.Host ? FreePort.Find() : Port;
        var check = new HealthCheckSpec { Http = new HttpCheckSpec { Port = port, Path = "/index.html" }, Interval = 1, Timeout = 30, Retries = 2 };
        var page = Path.Combine(Out, "index.html");
        string task;
        await using (var first = await StartSilo())
        {
            var job = await first.Client.Jobs.SubmitAsync(Job(Shell("web", 1, $"exec httpd -f -p {port} -h /out") with
            {
                Network = network,
                Containers =
                [
                    Shell("main", $"exec httpd -f -p {port} -h /out") with { HealthCheck = check },
                    Shell("reader", "echo started; sleep 600") with { DependsOn = [new ContainerDependency { Container = "main", Condition = ContainerCondition.Healthy }] },
                ],
            }));
            task = TaskId.Of(job.Id, "web", 0);
            var ill = await Until(first.Client, task, HealthStatus.Unhealthy);
            Assert.Equal("GET /index.html answered 404, expected 200 to 399", OfMain(ill).Health!.Reason);
            Assert.Equal((TaskState.Activating, ContainerStatus.Pending), (ill.State, ill.Containers.Single(container => container.Name == "reader").Status));

            await File.WriteAllTextAsync(page, "hello");
            await Until(first.Client, task, HealthStatus.Healthy);
            await Poll.Until("RUNNING, since what the reader waits for is healthy", async () => (await first.Client.Tasks.GetAsync(task)).State == TaskState.Running ? "so" : null);
            File.Delete(page);
            await Until(first.Client, task, HealthStatus.Unhealthy);
            await first.Kill();
        }

        await using var second = await StartSilo();
        Assert.Equal(HealthStatus.Unhealthy, (await second.Client.Tasks.GetAsync(task)).Health);
        await File.WriteAllTextAsync(page, "hello");
        await Until(second.Client, task, HealthStatus.Healthy);

        var told = await Told(second.Client, task, 4);
        Assert.Equal(["UNHEALTHY", "HEALTHY", "UNHEALTHY", "HEALTHY"], told);
        await second.Client.Jobs.StopAsync(TaskId.JobOf(task), reason: null);
        await WaitForEnd(second.Client, TaskId.JobOf(task));
    }

    [Fact]
    public async Task Command_FileComesAndGoes_TaskSaysSo()
    {
        await using var silo = await StartSilo();
        var check = new HealthCheckSpec { Command = ["sh", "-c", "cat /out/ready"], Interval = 1, Timeout = 60, Retries = 2 };
        var spec = Shell("file", 1, "sleep 600");
        var job = await silo.Client.Jobs.SubmitAsync(Job(spec with { Containers = [spec.Containers[0] with { HealthCheck = check }] }));
        var task = TaskId.Of(job.Id, "file", 0);

        var ill = await Until(silo.Client, task, HealthStatus.Unhealthy);
        await File.WriteAllTextAsync(Path.Combine(Out, "ready"), "");
        await Until(silo.Client, task, HealthStatus.Healthy);
        File.Delete(Path.Combine(Out, "ready"));
        await Until(silo.Client, task, HealthStatus.Unhealthy);

        Assert.StartsWith("exit code 1: ", OfMain(ill).Health!.Reason, StringComparison.Ordinal);
        await silo.Client.Jobs.StopAsync(job.Id, reason: null);
        await WaitForEnd(silo.Client, job.Id);
    }

    private static ContainerState OfMain(TaskView task) => task.Containers.Single(container => container.Name == "main");

    private static Task<TaskView> Until(OrleansClusterClient client, string task, HealthStatus health) => Poll.Until($"{task} to be {health}", async () =>
    {
        try
        {
            return await client.Tasks.GetAsync(task) is { } view && view.Health == health ? view : null;
        }
        catch (ClusterApiException e) when (e.Status == 404)
        {
            return null;
        }
    });

    private static async Task<List<string?>> Told(OrleansClusterClient client, string task, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        return await client.Events.ReadAsync(after: 0, TaskId.JobOf(task), patience.Token)
            .Where(happened => happened.Type == "task.health" && happened.Subject == task)
            .Select(happened => happened.Data.GetProperty("health").GetString())
            .Take(count)
            .ToListAsync(patience.Token);
    }
}
