using System.Globalization;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Teams;

internal static class TeamText
{
    /// <summary>Cores: used, of minimum and maximum where there are any, such as <c>3 (min 2, max 8)</c>.</summary>
    public static string Cpu(TeamView team) => Bounded(Amounts.Cpu(team.Used.Cpu), team.Minimum?.Cpu, team.Maximum?.Cpu, Amounts.Cpu);

    public static string Memory(TeamView team) => Bounded(Amounts.Size(team.Used.Memory), team.Minimum?.Memory, team.Maximum?.Memory, Amounts.Size);

    public static string Disk(TeamView team) => Bounded(Amounts.Size(team.Used.Disk), team.Minimum?.Disk, team.Maximum?.Disk, Amounts.Size);

    public static string Gpu(TeamView team) => Bounded(Amounts.Cpu(team.Used.Gpu), team.Minimum?.Gpu, team.Maximum?.Gpu, Amounts.Cpu);

    public static string Share(TeamView team) =>
        team.DominantResource.Length == 0 ? "0%" : string.Create(CultureInfo.InvariantCulture, $"{team.DominantShare * 100:0.#}% {team.DominantResource}");

    private static string Bounded(string used, long? least, long? most, Func<long, string> spell)
    {
        string[] bounds = [.. least is { } min ? [$"min {spell(min)}"] : Array.Empty<string>(), .. most is { } max ? [$"max {spell(max)}"] : Array.Empty<string>()];
        return bounds.Length == 0 ? used : $"{used} ({string.Join(", ", bounds)})";
    }
}
