using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>What becomes of starts that came while nothing could start.</summary>
[GenerateSerializer, Alias("ocs.MissedPolicy"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<MissedPolicy>))]
public enum MissedPolicy
{
    /// <summary>One job for all of them, as soon as possible.</summary>
    RunOnce,

    /// <summary>None; the next start is the next one that comes.</summary>
    Skip,
}
