using System.Collections.Immutable;
using System.Text.Json;
using OrleansCluster.Cli.Failures;
using OrleansCluster.Client;

namespace OrleansCluster.Cli.Files;

/// <summary>What a user's file says, as JSON, and where it says it.</summary>
internal sealed record SourceDocument(JsonElement Root, SourceMap Map, ImmutableArray<LocatedFault> Faults)
{
    /// <summary>Makes the cluster's refusal one that names lines.</summary>
    public CliException Refused(ClusterApiException refusal) => new(Failure.Of(refusal, Map.Locate));
}
