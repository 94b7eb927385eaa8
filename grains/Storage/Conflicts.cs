namespace OrleansCluster.Grains.Storage;

/// <summary>What did not match, in the same words whichever store finds it.</summary>
internal static class Conflicts
{
    public static string Node(string node, long expected) => $"node '{node}' {Unlike(expected)}";

    public static string State(string kind, string key, long expected) => $"state '{kind}' of '{key}' {Unlike(expected)}";

    public static string ClaimExists(string claim) => $"claim '{claim}' exists already";

    public static string ClaimMissing(string claim) => $"claim '{claim}' does not exist";

    private static string Unlike(long expected) => expected == 0 ? "exists already" : $"is not at ETag {expected}";
}
