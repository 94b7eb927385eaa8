namespace OrleansCluster.Files;

/// <summary>A job in YAML or JSON, as <c>ocs job submit</c> takes it.</summary>
public static class JobFile
{
    /// <param name="path">Relative to the current directory, or absolute.</param>
    /// <exception cref="SourceFileException">There is no such file, or it is no job; the message lists all faults with their lines.</exception>
    public static JobSpec Read(string path) => SourceFile.Read<JobSpec>(path);
}
