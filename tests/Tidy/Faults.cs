namespace OrleansCluster.Tests.Tidy;

internal static class Faults
{
    /// <summary>Fails with all of them, one a line, so that they can be put right in one go.</summary>
    public static void AssertNone(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        Assert.True(all.Count == 0, $"{all.Count} to put right:\n{string.Join('\n', all)}");
    }
}
