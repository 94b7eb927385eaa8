using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>What happens to the rest of a transaction when one of its claims conflicts.</summary>
[GenerateSerializer, Alias("ocs.CommitMode"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<CommitMode>))]
public enum CommitMode
{
    /// <summary>The others are committed.</summary>
    Incremental,

    /// <summary>None is (gangs).</summary>
    AllOrNothing,
}
