using System.Globalization;

namespace OrleansCluster.Silo.Agent.Docker;

/// <summary>How <see cref="ContainerLabels"/> are written on a container.</summary>
internal static class DockerLabels
{
    public const string Cluster = "ocs.cluster";
    public const string Node = "ocs.node";
    public const string Task = "ocs.task";
    public const string Attempt = "ocs.attempt";
    public const string Container = "ocs.container";
    public const string OnDisconnect = "ocs.on-disconnect";
    private const string Keep = "keep";

    public static Dictionary<string, string> Write(ContainerLabels labels)
    {
        var written = new Dictionary<string, string>
        {
            [Cluster] = labels.Cluster,
            [Node] = labels.Node,
            [Task] = labels.TaskId,
            [Attempt] = labels.Attempt.ToString(CultureInfo.InvariantCulture),
            [Container] = labels.Container,
        };
        if (labels.IsKept)
            written[OnDisconnect] = Keep;
        return written;
    }

    /// <summary><see langword="null"/> for a container that is none of ours.</summary>
    public static ContainerLabels? Read(Dictionary<string, string>? written) =>
        written is not null
        && written.TryGetValue(Cluster, out var cluster)
        && written.TryGetValue(Node, out var node)
        && written.TryGetValue(Task, out var task)
        && written.TryGetValue(Attempt, out var attemptText)
        && int.TryParse(attemptText, NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
        && written.TryGetValue(Container, out var container)
            ? new ContainerLabels(cluster, node, task, attempt, container, IsKept: written.GetValueOrDefault(OnDisconnect) == Keep)
            : null;

    /// <summary>A filter for all containers of one node.</summary>
    public static string[] OfNode(string cluster, string node) => [$"{Cluster}={cluster}", $"{Node}={node}"];
}
