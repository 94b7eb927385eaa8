using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>Whether what is put may be there already.</summary>
[GenerateSerializer, Alias("ocs.PutMode"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<PutMode>))]
public enum PutMode
{
    Any,

    /// <summary>Refused as a conflict where there is one of the name with another specification.</summary>
    Create,

    /// <summary>Refused where there is none.</summary>
    Update,
}
