namespace OrleansCluster;

/// <summary>A sum over many nodes or claims: wider than <see cref="Resources"/>, since thousands of nodes have more MiB than an int holds.</summary>
/// <param name="Cpu">Millicores.</param>
/// <param name="Memory">MiB.</param>
/// <param name="Disk">MiB.</param>
/// <param name="Gpu">Thousandths of a device.</param>
[GenerateSerializer, Immutable, Alias("ocs.ResourceTotals")]
public readonly record struct ResourceTotals([property: Id(0)] long Cpu, [property: Id(1)] long Memory, [property: Id(2)] long Disk, [property: Id(3)] long Gpu)
{
    public static ResourceTotals Zero => default;

    public static ResourceTotals operator +(ResourceTotals a, ResourceTotals b) => new(a.Cpu + b.Cpu, a.Memory + b.Memory, a.Disk + b.Disk, a.Gpu + b.Gpu);

    public static ResourceTotals operator -(ResourceTotals a, ResourceTotals b) => new(a.Cpu - b.Cpu, a.Memory - b.Memory, a.Disk - b.Disk, a.Gpu - b.Gpu);
}
