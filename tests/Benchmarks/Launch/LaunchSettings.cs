namespace OrleansCluster.Benchmarks.Launch;

internal sealed record LaunchSettings(int Containers, int Rounds, NetworkMode Network)
{
    /// <summary>As many as an agent launches at once.</summary>
    public const int AtOnce = 4;
    public const string Image = "ocs/busybox:latest";

    public string? Fault => Containers is < 1 or > 10_000 ? "--containers takes 1 to 10000" : Rounds is < 1 or > 1000 ? "--rounds takes 1 to 1000" : null;

    public ContainerSpec Spec => new() { Name = "main", Image = Image, Command = ["true"], Resources = new Resources(100, 16, 0) };
}
