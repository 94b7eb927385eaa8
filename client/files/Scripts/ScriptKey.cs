using System.Collections.Immutable;

namespace OrleansCluster.Files.Scripts;

/// <summary>An option of a script's <c>#OCS</c> lines.</summary>
/// <param name="Name">Without its hyphens.</param>
/// <param name="Member">What it sets, as the job's JSON spells it.</param>
internal sealed record ScriptKey(string Name, ScriptPart Part, string Member, ScriptValue Value)
{
    /// <summary>All there are. <c>--image</c> alone has to be there.</summary>
    public static readonly ImmutableArray<ScriptKey> All =
    [
        new("name", ScriptPart.Job, "name", ScriptValue.Text),
        new("team", ScriptPart.Job, "team", ScriptValue.Text),
        new("priority", ScriptPart.Job, "priority", ScriptValue.Number),
        new("count", ScriptPart.Task, "count", ScriptValue.Number),
        new("group", ScriptPart.Task, "group", ScriptValue.Text),
        new("network", ScriptPart.Task, "network", ScriptValue.Word),
        new("constraint", ScriptPart.Task, "placementConstraints", ScriptValue.Constraint),
        new("image", ScriptPart.Container, "image", ScriptValue.Text),
        new("env", ScriptPart.Container, "environment", ScriptValue.Variable),
        new("workdir", ScriptPart.Container, "workingDirectory", ScriptValue.Text),
        new("user", ScriptPart.Container, "user", ScriptValue.Text),
        new("stop-timeout", ScriptPart.Container, "stopTimeout", ScriptValue.Number),
        new("cpu", ScriptPart.Resources, "cpu", ScriptValue.Number),
        new("memory", ScriptPart.Resources, "memory", ScriptValue.Number),
        new("disk", ScriptPart.Resources, "disk", ScriptValue.Number),
        new("gpus", ScriptPart.Gpu, "count", ScriptValue.Number),
    ];

    /// <summary>As JSON pointer into the job.</summary>
    public string Pointer => $"{PointerOf(Part)}/{Member}";

    public bool IsRepeatable => Value is ScriptValue.Variable or ScriptValue.Constraint;

    public static string PointerOf(ScriptPart part) => part switch
    {
        ScriptPart.Task => "/tasks/0",
        ScriptPart.Container => "/tasks/0/containers/0",
        ScriptPart.Resources => "/tasks/0/containers/0/resources",
        ScriptPart.Gpu => "/tasks/0/containers/0/gpu",
        _ => "",
    };
}
