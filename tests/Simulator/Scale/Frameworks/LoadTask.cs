using System.Globalization;

namespace OrleansCluster.Simulator.Scale.Frameworks;

/// <param name="At">When it comes, after the beginning.</param>
/// <param name="Tries">Under names that are used up.</param>
internal sealed record LoadTask(string Name, int Seconds, TimeSpan At, int Tries)
{
    private const int MemoryPerCore = 2 * 1024;

    public string FullName => Tries == 0 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}-{Tries}");

    public FrameworkTask On(string node) => new()
    {
        Name = FullName,
        Node = node,
        Containers =
        [
            new ContainerSpec
            {
                Name = "main",
                Image = "app",
                Command = ["sleep", Seconds.ToString(CultureInfo.InvariantCulture)],
                Resources = new Resources(FrameworkLoad.Cpu, MemoryPerCore, 0),
            },
        ],
    };
}
