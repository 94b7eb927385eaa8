namespace OrleansCluster.Benchmarks.Delta;

/// <summary>What laying a snapshot out cannot do without: an index by name and an array of each amount.</summary>
internal static class BareTable
{
    /// <returns>The sum of all, so that nothing is left out by the compiler.</returns>
    public static long Fill(ReadOnlySpan<(string Name, int Cpu, int Memory, int Disk)> rows)
    {
        var indexes = new Dictionary<string, int>(rows.Length, StringComparer.Ordinal);
        var (cpu, memory, disk) = (new int[rows.Length], new int[rows.Length], new int[rows.Length]);
        for (var i = 0; i < rows.Length; i++)
        {
            indexes.Add(rows[i].Name, i);
            (cpu[i], memory[i], disk[i]) = (rows[i].Cpu, rows[i].Memory, rows[i].Disk);
        }

        return indexes.Count + cpu[^1] + memory[^1] + disk[^1];
    }
}
