using System.Collections.Immutable;

namespace OrleansCluster.Benchmarks.Commit;

/// <summary>The transactions of one round. Each scheduler has nodes of its own, so that nothing is rejected: what rejections cost is another benchmark.</summary>
internal static class CommitLoad
{
    public static readonly Resources Wanted = new(10, 10, 0);

    public static string NodeName(int number) => $"node-{number:D4}";

    public static NodeRegistration Node(int number) => new()
    {
        Node = NodeName(number),
        Capacity = new Resources(2_000_000_000, 2_000_000_000, 0),
        Session = $"session-{number}",
        Runtime = "simulated",
    };

    public static ClaimTransaction Transaction(CommitSettings settings, int scheduler, int number) => new()
    {
        Scheduler = $"s{scheduler}",
        TransactionId = $"{number}",
        DecidedOn = ClusterVersion.None,
        Claims = [.. Enumerable.Range(0, settings.Batch).Select(n => Claim(settings, scheduler, number, n))],
    };

    private static ClaimRequest Claim(CommitSettings settings, int scheduler, int transaction, int number)
    {
        var own = CommitSettings.Nodes / settings.Schedulers;
        var first = transaction * ((settings.Batch + CommitSettings.ClaimsOnNode - 1) / CommitSettings.ClaimsOnNode);
        var node = (first + number / CommitSettings.ClaimsOnNode) % own;
        return new ClaimRequest
        {
            TaskId = $"job-{scheduler}x{transaction}.work.{number}",
            Attempt = 1,
            Node = NodeName(scheduler + node * settings.Schedulers),
            Resources = Wanted,
            Definition = "work:1",
            Team = "default",
            Group = "family:work",
        };
    }

    /// <summary>The same, as the bare database writes them: all schedulers' n-th transaction in one.</summary>
    public static IEnumerable<ImmutableArray<ClaimRequest>> Groups(CommitSettings settings) =>
        Enumerable.Range(0, settings.Transactions).Select(number =>
            Enumerable.Range(0, settings.Schedulers).SelectMany(scheduler => Transaction(settings, scheduler, number).Claims).ToImmutableArray());
}
