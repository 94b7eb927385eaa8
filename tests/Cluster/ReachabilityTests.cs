using System.Diagnostics;
using OrleansCluster.Client;
using OrleansCluster.Tests.Docker;
using OrleansCluster.Tests.Docker.Services;

namespace OrleansCluster.Tests.Cluster;

/// <summary>A web service on three hosts that is asked all the time through the entry of one of them, while all is done to it that is planned, and then a host dies.</summary>
[Collection(nameof(ScenarioTests))]
public sealed class ReachabilityTests(Daemon daemon, ITestOutputHelper output)
{
    private const int Usual = WebService.Count;
    private const int Largest = 12;
    private const int Smallest = 3;

    /// <summary>The host that stays.</summary>
    private const int Stays = 0;
    private const int Drained = 1;
    private const int Dies = 2;

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Service_AllThatIsPlannedAndThenAHostDies_LosesNoRequestAndThenWhatWasUnderWayThereAtMost()
    {
        daemon.Require();
        await using var silos = await ThreeSilos.StartAll(ThreeSilos.ShortLease);
        var client = silos.Client(Stays);
        await client.Services.PutAsync(WebService.Spec("one"), PutMode.Create);
        await WaitFor(client, "is complete on three nodes", view => IsComplete(view, 1) && NodesOf(view) == ThreeSilos.Count);
        await using var load = new WebLoad(silos.Entry(Stays), $"web.{silos.Cluster}.ocs.internal");
        await WaitForAnswers(load, "one", Usual);

        await client.Services.PutAsync(WebService.Spec("two"), PutMode.Update);
        await WaitFor(client, "has been updated", view => IsComplete(view, 2) && view.Tasks.Length == Usual);
        await WaitForAnswers(load, "two", Usual);
        await client.Services.ScaleAsync("web", Largest);
        await WaitFor(client, "has twelve tasks", view => view.Healthy == Largest);
        await WaitForAnswers(load, "two", Largest);
        await client.Services.ScaleAsync("web", Smallest);
        await WaitFor(client, "has three tasks", view => view.Tasks.Length == Smallest);
        await client.Services.ScaleAsync("web", Usual);
        await WaitFor(client, "has six tasks", view => view.Healthy == Usual && NodesOf(view) == ThreeSilos.Count);
        await client.Nodes.DrainAsync(ThreeSilos.NodeOf(Drained), TimeSpan.FromMinutes(10), oneAtATime: false);
        await WaitFor(client, "has left the node that is drained", view => view.Healthy == Usual && view.Tasks.Length == Usual && CountOn(view, Drained) == 0);
        await client.Nodes.ActivateAsync(ThreeSilos.NodeOf(Drained));
        await client.Services.PutAsync(WebService.Spec("three"), PutMode.Update);
        await WaitFor(client, "is on three nodes again", view => IsComplete(view, 3) && view.Tasks.Length == Usual && NodesOf(view) == ThreeSilos.Count);
        await WaitForAnswers(load, "three", Usual);
        var planned = load.Answers.Values.Sum();
        output.WriteLine($"{planned} requests through a rolling update, 6 tasks to 12, to 3 and to 6, a drain and another update: {load.Failures.Count} failed");
        Assert.Empty(load.Failures);

        var lost = CountOn(await client.Services.GetAsync("web"), Dies);
        Assert.NotEqual(0, lost);
        var died = Stopwatch.StartNew();
        await silos.KillHost(Dies);
        await WaitFor(client, "is healed", view => view.Healthy == Usual && CountOn(view, Dies) == 0);
        var healed = died.Elapsed;
        await load.Stop();
        output.WriteLine($"{lost} tasks lost with their host: {load.Failures.Count} of {load.Answers.Values.Sum() - planned} requests failed, {Usual} tasks healthy again after {healed.TotalSeconds:F1} s");

        // Each of the callers has one request under way, and a host's tasks end one after the other.
        Assert.InRange(load.Failures.Count, 0, WebLoad.Callers * lost);
        await client.Services.DeleteAsync("web");
        await silos.AssertNothingIsLeft();
    }

    private static bool IsComplete(ServiceView view, int deployment) => view.Deployments[0].Number == deployment && view.Deployments[0].Status == DeploymentStatus.Completed;

    private static int NodesOf(ServiceView view) => view.Tasks.Select(task => task.Node).Distinct().Count();

    private static int CountOn(ServiceView view, int number) => view.Tasks.Count(task => task.Node == ThreeSilos.NodeOf(number));

    /// <summary>Of each of so many tasks.</summary>
    private static Task WaitForAnswers(WebLoad load, string version, int tasks) => Poll.Until(
        $"answers of {tasks} tasks of {version}",
        () => Task.FromResult(load.Answers.Keys.Count(answer => answer.StartsWith($"{version} ", StringComparison.Ordinal)) >= tasks ? "so" : null));

    private static async Task WaitFor(OrleansClusterClient client, string what, Func<ServiceView, bool> isSo)
    {
        using var patience = new CancellationTokenSource(_patience, TimeProvider.System);
        var last = "not there";
        while (!patience.IsCancellationRequested)
        {
            try
            {
                var view = await client.Services.GetAsync("web", patience.Token);
                if (isSo(view))
                    return;
                last = $"{view}: {string.Join(", ", view.Tasks)}; {string.Join(", ", view.Events)}";
            }
            catch (Exception exception) when (exception is ClusterUnreachableException or ClusterApiException { Status: 503 or 500 })
            {
                last = exception.Message;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        throw new TimeoutException($"expected that the service {what} within {_patience}; it is {last}");
    }
}
