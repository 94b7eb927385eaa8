using System.Collections.Immutable;
using System.Text.Json;

namespace OrleansCluster.Files;

/// <summary>What a user's file says, as JSON, and where it says it.</summary>
internal sealed record SourceDocument(JsonElement Root, SourceMap Map, ImmutableArray<LocatedFault> Faults)
{
    /// <exception cref="SourceFileException">It has the form of a <typeparamref name="T"/>, but a value in it is none.</exception>
    public T To<T>()
    {
        try
        {
            return Root.Deserialize<T>(ClusterJson.Options)!;
        }
        catch (JsonException exception)
        {
            throw SourceFileException.Of(Map.File, [Map.Locate(new Fault("", exception.Message))]);
        }
    }

    /// <summary>Makes the cluster's refusal one that names lines.</summary>
    public SourceFileException Refused(Refusal refusal)
    {
        ImmutableArray<Fault> faults = refusal.Faults.IsEmpty ? [new Fault("", refusal.Title)] : refusal.Faults;
        return SourceFileException.Of(Map.File, [.. faults.Select(Map.Locate)]);
    }
}
