namespace OrleansCluster.Files.Compose;

/// <summary>One service of a Compose file as a service of the cluster.</summary>
/// <param name="Path">Where in the file it is.</param>
internal sealed record ComposeService(ServiceSpec Spec, string Path)
{
    /// <summary>What the cluster finds wrong with it, at the place in the file that it came from.</summary>
    public Fault InFile(Fault fault)
    {
        foreach (var (ours, theirs) in _origins)
        {
            if (fault.Path.StartsWith(ours, StringComparison.Ordinal))
                return fault with { Path = $"{Path}/{theirs}" };
        }

        return fault with { Path = Path };
    }

    private static readonly (string Ours, string Theirs)[] _origins =
    [
        ("/desiredCount", "deploy/replicas"),
        ("/containers/0/image", "image"),
        ("/containers/0/command", "command"),
        ("/containers/0/entryPoint", "entrypoint"),
        ("/containers/0/environment", "environment"),
        ("/containers/0/ports", "ports"),
        ("/containers/0/resources", "deploy/resources/limits"),
        ("/containers/0/stopTimeout", "stop_grace_period"),
        ("/containers/0/workingDirectory", "working_dir"),
        ("/containers/0/user", "user"),
        ("/containers/0/mounts", "volumes"),
        ("/volumes", "volumes"),
    ];
}
