using OrleansCluster.Grains.Teams;

namespace OrleansCluster.Tests.Unit.Teams;

internal static class Sample
{
    public static ResourceTotals Totals(long cpu, long memory = 0) => new(cpu, memory, 0, 0);

    public static TeamSpec Team(string name, string? parent = null, long? min = null, long? max = null, int weight = 1) => new()
    {
        Name = name,
        Parent = parent,
        Minimum = min is null ? null : new ResourceLimits { Cpu = min },
        Maximum = max is null ? null : new ResourceLimits { Cpu = max },
        Weight = weight,
    };

    public static TeamBook Book(params ReadOnlySpan<TeamSpec> teams)
    {
        var book = new TeamBook();
        foreach (var team in teams)
            book.Declare(team);
        return book;
    }

    public static PlacementRequest Queued(string task, string team, int cpu, int memory = 0, int priority = 50, int minute = 0) => new()
    {
        TaskId = task,
        Attempt = 1,
        Resources = new Resources(cpu, memory, 0),
        Definition = "app:1",
        Team = team,
        Priority = priority,
        QueuedAt = new DateTimeOffset(2026, 1, 1, 0, minute, 0, TimeSpan.Zero),
    };
}
