using System.Globalization;

namespace OrleansCluster;

/// <summary>Spells the sessions of agents: <c>run.number</c>, the same run for all sessions of one process.</summary>
public static class NodeSessions
{
    public static string Of(string run, int number) => string.Create(CultureInfo.InvariantCulture, $"{run}.{number}");

    public static string RunOf(string session) => session.Split('.')[0];
}
