using System.Text.Json.Serialization;

namespace OrleansCluster;

[GenerateSerializer, Alias("ocs.PlacementStepType"), JsonConverter(typeof(CamelCaseEnumConverter<PlacementStepType>))]
public enum PlacementStepType
{
    /// <summary>Where the fewest tasks of its group are, counted by what the nodes have in a field.</summary>
    Spread,

    /// <summary>Where the least is free of one resource.</summary>
    Binpack,

    /// <summary>Anywhere, all nodes alike.</summary>
    Random,

    /// <summary>Where the least is left of GPUs that the tasks which wait cannot use (fragmentation gradient descent).</summary>
    Fgd,
}
