using System.Text.Json;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks.Definitions;

namespace OrleansCluster.Testing.Invariants;

/// <summary>Task definitions as the database has been told.</summary>
internal sealed class DefinitionBook
{
    private readonly Dictionary<string, TaskDefinition> _definitions = new(StringComparer.Ordinal);

    /// <param name="name"><c>family:revision</c>.</param>
    public TaskDefinition? Find(string name) => _definitions.GetValueOrDefault(name);

    public void OnWritten(StateWrite write)
    {
        if (write.Kind != TaskDefinitionState.Name || write.Json is null)
            return;
        foreach (var revision in JsonSerializer.Deserialize<TaskDefinitionState>(write.Json, StoreJson.Options)!.Revisions)
            _definitions[revision.Name] = revision;
    }
}
