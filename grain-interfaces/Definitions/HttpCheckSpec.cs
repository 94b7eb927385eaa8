namespace OrleansCluster;

/// <summary>A container is well if it answers a GET, redirects not followed.</summary>
[GenerateSerializer, Immutable, Alias("ocs.HttpCheckSpec")]
public sealed record HttpCheckSpec
{
    /// <summary>The container's own port; it need not be published.</summary>
    [Id(0)] public required int Port { get; init; }

    /// <summary>Begins with <c>/</c>; may have a query.</summary>
    [Id(1)] public string Path { get; init; } = "/";

    /// <summary>The one status that is a success; by default any of 200 to 399.</summary>
    [Id(2)] public int? Status { get; init; }
}
