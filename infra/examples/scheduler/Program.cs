using Microsoft.Extensions.DependencyInjection;
using OrleansCluster;
using OrleansCluster.Client;

// round-robin ADDRESS TASKS [NAME]: runs as many tasks, on one node after the other, and ends with them.
var (address, count, name) = (new Uri(args[0]), int.Parse(args[1]), args.ElementAtOrDefault(2) ?? "round-robin");
await using var services = new ServiceCollection().AddOrleansClusterClient(options => options.Address = address).Services.BuildServiceProvider();
var frameworks = services.GetRequiredService<OrleansClusterClient>().Frameworks;
var token = Environment.GetEnvironmentVariable("FRAMEWORK_TOKEN") ?? "a-secret-of-this-scheduler";
var scheduler = new RoundRobinScheduler(count);
await frameworks.RunAsync(new FrameworkSpec { Name = name, FailoverTimeout = 60 }, token, scheduler);
await frameworks.As(name, token).TeardownAsync();
Console.WriteLine($"{count} tasks have ended, {scheduler.Failed} of them badly; {scheduler.Conflicts} were placed anew.");
return scheduler.Failed == 0 ? 0 : 1;

/// <summary>Places each task on the next node with room for it, and again where others were faster.</summary>
internal sealed class RoundRobinScheduler(int count) : IScheduler
{
    private static readonly ContainerSpec _container = new() { Name = "main", Image = "ocs/busybox", Command = ["sleep", "1"], Resources = new Resources(500, 64, 0) };
    private readonly SortedSet<string> _waiting = new(Enumerable.Range(0, count).Select(i => $"task-{i}"));
    private readonly HashSet<string> _ended = [];
    private int _next;

    public int Conflicts { get; private set; }
    public int Failed { get; private set; }

    public Task<SchedulerDecision> DecideAsync(SchedulerRound round, CancellationToken cancellationToken)
    {
        foreach (var refused in round.Outcomes.Where(outcome => !outcome.IsCommitted && _waiting.Add(outcome.Task)))
        {
            Conflicts++;
            Console.WriteLine($"{refused.Task}: {refused.Rejection!.Reason}, {refused.Rejection.Shortfall} {refused.Rejection.Dimension} too much; taken by {refused.Rejection.TakenBy}");
        }

        foreach (var update in round.Updates)
        {
            _waiting.Remove(update.Task);
            if (update.State == TaskState.Stopped && _ended.Add(update.Task) && update.View is { Succeeded: false })
                Failed++;
            Console.WriteLine($"{update.Task} {update.State} on {update.View?.Node}");
        }

        var launch = Place([.. round.Cluster.Nodes.Values.Where(node => node.Status == NodeStatus.Active)]).ToList();
        return Task.FromResult(new SchedulerDecision { Launch = [.. launch], IsDone = _ended.Count == count });
    }

    private IEnumerable<FrameworkTask> Place(List<NodeSnapshot> nodes)
    {
        var free = nodes.ToDictionary(node => node.Name, node => node.Free);
        foreach (var task in _waiting.ToList())
        {
            var node = Enumerable.Range(_next, nodes.Count).Select(i => nodes[i % nodes.Count].Name)
                .FirstOrDefault(name => free[name].Cpu >= _container.Resources.Cpu && free[name].Memory >= _container.Resources.Memory);
            if (node is null) yield break;
            free[node] -= _container.Resources;
            (_, _next) = (_waiting.Remove(task), nodes.FindIndex(one => one.Name == node) + 1);
            yield return new FrameworkTask { Name = task, Node = node, Containers = [_container] };
        }
    }
}
