using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks;

/// <summary>Compares by content: records with arrays compare by reference.</summary>
internal static class ContainerStates
{
    public static bool AreAlike(ImmutableArray<ContainerState> some, ImmutableArray<ContainerState> others)
    {
        if (some.Length != others.Length)
            return false;
        for (var i = 0; i < some.Length; i++)
        {
            if (some[i] != others[i] && !AreAlike(some[i], others[i]))
                return false;
        }

        return true;
    }

    private static bool AreAlike(ContainerState one, ContainerState other) =>
        one.Ports.SequenceEqual(other.Ports) && one == other with { Ports = one.Ports };
}
