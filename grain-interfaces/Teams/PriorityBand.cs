using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>The ranges that priorities fall into. Teams share fairly within one; a higher one goes first.</summary>
[GenerateSerializer, Alias("ocs.PriorityBand"), JsonConverter(typeof(CamelCaseEnumConverter<PriorityBand>))]
public enum PriorityBand
{
    /// <summary>0 to 24.</summary>
    BestEffort,

    /// <summary>25 to 74.</summary>
    Batch,

    /// <summary>75 to 89.</summary>
    Production,

    /// <summary>90 to 100.</summary>
    Monitoring,
}
