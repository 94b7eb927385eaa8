namespace OrleansCluster.Grains.Storage;

/// <param name="Type">Subject and verb: <c>task.running</c>, <c>job.submitted</c>, <c>node.lost</c>.</param>
/// <param name="Subject">The id of what it is about.</param>
/// <param name="Job">The id of the job it belongs to, or empty.</param>
/// <param name="Json">Details, an object.</param>
public sealed record EventDraft(DateTimeOffset Time, string Type, string Subject, string Job, string Json);
