using System.Text;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing;

/// <summary>Something that must never be was there, or something that must come did not.</summary>
public sealed class SimulationException : Exception
{
    internal SimulationException(World world, string violation)
        : base(Describe(world, violation))
    {
        Seed = world.Seed;
        Time = world.Time.Elapsed;
        Violation = violation;
    }

    /// <summary>The same seed with the same options fails in the same way.</summary>
    public ulong Seed { get; }

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Time { get; }

    /// <summary>What was wrong, in one sentence.</summary>
    public string Violation { get; }

    private static string Describe(World world, string violation)
    {
        var text = new StringBuilder()
            .AppendLine(violation)
            .AppendLine($"Seed {world.Seed}, at {world.Time.Elapsed} of virtual time. The last events:");
        foreach (var line in world.Trace.Last)
            text.AppendLine(line);
        return text.ToString();
    }
}
