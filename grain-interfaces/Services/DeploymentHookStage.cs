using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>When a hook of a deployment runs: the deployment is in the stage of the same name meanwhile. In ECS's words where it has them.</summary>
[GenerateSerializer, Alias("ocs.DeploymentHookStage"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<DeploymentHookStage>))]
public enum DeploymentHookStage
{
    /// <summary>Before any task of the new revision starts.</summary>
    PreScaleUp,

    /// <summary>The first tasks of a canary deployment have stayed healthy for the bake time, and the others have not begun.</summary>
    PostCanary,

    /// <summary>All new tasks are healthy; with blue/green they get no requests yet.</summary>
    PostScaleUp,

    /// <summary>With blue/green, requests have gone to the new tasks for the bake time, and the old ones are still there.</summary>
    PostProductionTrafficShift,
}
