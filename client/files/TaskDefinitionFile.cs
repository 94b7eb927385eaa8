namespace OrleansCluster.Files;

/// <summary>A task definition in YAML or JSON, as <c>ocs definition register</c> takes it.</summary>
public static class TaskDefinitionFile
{
    /// <param name="path">Relative to the current directory, or absolute.</param>
    /// <exception cref="SourceFileException">There is no such file, or it is no task definition; the message lists all faults with their lines.</exception>
    public static TaskDefinitionSpec Read(string path) => SourceFile.Read<TaskDefinitionSpec>(path);
}
