namespace OrleansCluster.Silo.Api.Streams;

/// <summary>Whose log is read: one container of one task attempt.</summary>
internal sealed record LogTarget(string Cluster, string TaskId, int Attempt, string Container)
{
    /// <summary>Where that attempt is or was, and whether it has come to its end.</summary>
    public (string? Node, bool HasEnded) PlaceIn(TaskView task) =>
        Attempt == task.Attempt
            ? (task.Node, task.State == TaskState.Stopped)
            : (task.EarlierAttempts.FirstOrDefault(earlier => earlier.Attempt == Attempt)?.Node, true);

    public LogRequest ToRequest(long from, int limit, TimeSpan wait) =>
        new() { TaskId = TaskId, Attempt = Attempt, Container = Container, From = from, Limit = limit, Wait = wait };
}
