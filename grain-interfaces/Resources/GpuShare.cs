namespace OrleansCluster;

/// <summary>How much of a device is claimed.</summary>
/// <param name="Device">The device's id on its node.</param>
/// <param name="Thousandths">1 to 1000; 1000 is the whole device.</param>
[GenerateSerializer, Immutable, Alias("ocs.GpuShare")]
public readonly record struct GpuShare([property: Id(0)] string Device, [property: Id(1)] int Thousandths);
