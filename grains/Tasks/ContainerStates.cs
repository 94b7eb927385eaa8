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
            if (!AreAlike(some[i], others[i]))
                return false;
        }

        return true;
    }

    public static bool AreAlike(ContainerState one, ContainerState other) =>
        one == other || (one.Ports.SequenceEqual(other.Ports) && one == other with { Ports = one.Ports });
}
