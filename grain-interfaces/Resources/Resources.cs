namespace OrleansCluster;

/// <summary>Amounts of what a node has and a task asks for. A vector: two of them add, subtract and compare by dimension.</summary>
/// <param name="Cpu">Millicores: 1000 is one core.</param>
/// <param name="Memory">MiB.</param>
/// <param name="Disk">MiB.</param>
[GenerateSerializer, Immutable, Alias("ocs.Resources")]
public readonly record struct Resources([property: Id(0)] int Cpu, [property: Id(1)] int Memory, [property: Id(2)] int Disk)
{
    public static Resources Zero => default;

    public static Resources operator +(Resources a, Resources b) => new(a.Cpu + b.Cpu, a.Memory + b.Memory, a.Disk + b.Disk);

    public static Resources operator *(Resources a, int times) => new(a.Cpu * times, a.Memory * times, a.Disk * times);

    public static Resources operator -(Resources a, Resources b) => new(a.Cpu - b.Cpu, a.Memory - b.Memory, a.Disk - b.Disk);
}
