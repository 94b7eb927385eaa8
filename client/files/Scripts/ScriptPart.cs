namespace OrleansCluster.Files.Scripts;

/// <summary>Which part of a job an option of a script is about.</summary>
internal enum ScriptPart
{
    Job,
    Task,
    Container,
    Resources,
    Gpu,
}
