using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>When a claim counts as conflicting with what others committed since its snapshot (Omega, EuroSys 2013, §5.2).</summary>
[GenerateSerializer, Alias("ocs.ConflictDetection"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<ConflictDetection>))]
public enum ConflictDetection
{
    /// <summary>When it no longer fits on its node.</summary>
    Fine,

    /// <summary>When its node's ETag has moved. Costs two to three times the conflicts; there to be measured and for claims that depend on more than the fit.</summary>
    Coarse,
}
