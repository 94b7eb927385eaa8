using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>How many tasks a service has, and where.</summary>
[GenerateSerializer, Alias("ocs.SchedulingStrategy"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<SchedulingStrategy>))]
public enum SchedulingStrategy
{
    /// <summary>As many as it asks for, spread over the nodes.</summary>
    Replica,

    /// <summary>One on each node that its constraints allow.</summary>
    Daemon,
}
