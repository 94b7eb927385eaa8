namespace OrleansCluster.Silo.Hosting;

/// <summary>The silo cannot start with the options given; one line for each fault.</summary>
internal sealed class SiloOptionsException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
