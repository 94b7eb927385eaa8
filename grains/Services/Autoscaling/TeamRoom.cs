using OrleansCluster.Grains.Tasks.Jobs;
using OrleansCluster.Grains.Teams;

namespace OrleansCluster.Grains.Services.Autoscaling;

/// <summary>How many more tasks a team's maximum allows. A look ahead alone: the committer decides.</summary>
internal sealed class TeamRoom
{
    private readonly TeamBook _book = new();
    private ClusterVersion _version = ClusterVersion.None;

    /// <summary><see langword="null"/> where the team has no maximum.</summary>
    public async Task<int?> Read(IClusterViewGrain view, string team, ResolvedTask task, CancellationToken cancellationToken)
    {
        var delta = await view.Read(_version, isFresh: true, TimeSpan.Zero, cancellationToken);
        if (delta.IsSnapshot)
            _book.Clear();
        foreach (var snapshot in delta.Teams)
            _book.Apply(snapshot);
        _version = delta.Version;
        return _book.Find(team) is { } account ? Of(account, TeamAmounts.Of(task.Resources, task.Extras)) : null;
    }

    public static int? Of(TeamAccount team, ResourceTotals task)
    {
        long? room = null;
        for (var account = team; account is not null; account = account.Parent)
        {
            for (var dimension = 0; account.Spec?.Maximum is { } maximum && dimension < TeamAmounts.Dimensions.Length; dimension++)
            {
                if (maximum.In(dimension) is { } limit && task.In(dimension) is > 0 and var ask && Math.Max(0, limit - account.Sum.In(dimension)) / ask is var fits && fits < (room ?? long.MaxValue))
                    room = fits;
            }
        }

        return room is { } count ? (int)Math.Min(count, int.MaxValue / 2) : null;
    }
}
