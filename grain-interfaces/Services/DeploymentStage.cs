using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>How far a deployment is, in ECS's words where it has them.</summary>
[GenerateSerializer, Alias("ocs.DeploymentStage"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<DeploymentStage>))]
public enum DeploymentStage
{
    /// <summary>The first few tasks of a canary deployment start.</summary>
    Canary,

    /// <summary>They have to stay healthy for the bake time.</summary>
    CanaryBakeTime,

    /// <summary>Its tasks start, and those before stop as the strategy says.</summary>
    ScaleUp,

    /// <summary>All new tasks have to stay healthy for the bake time.</summary>
    BakeTime,

    /// <summary>What is left of the revision before stops.</summary>
    CleanUp,

    /// <summary>It goes no further.</summary>
    Ended,

    /// <summary>Before anything of it starts, hooks run.</summary>
    PreScaleUp,

    /// <summary>The first tasks of a canary deployment have baked, and hooks run before the others start.</summary>
    PostCanary,

    /// <summary>All its tasks are healthy, and hooks run; with blue/green before requests go to them.</summary>
    PostScaleUp,

    /// <summary>Requests have gone to its tasks, and hooks run before those of the revision before stop.</summary>
    PostProductionTrafficShift,
}
