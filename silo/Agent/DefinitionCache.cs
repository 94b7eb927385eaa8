using System.Globalization;

namespace OrleansCluster.Silo.Agent;

/// <summary>Task definitions by <c>family:revision</c>. Revisions never change, so the cache only has to be bounded.</summary>
internal sealed class DefinitionCache(IGrainFactory grains)
{
    private const int Limit = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<TaskDefinition?>> _known = [];
    private readonly Queue<string> _oldestFirst = [];

    /// <summary><see langword="null"/> when there is no such revision.</summary>
    public async Task<TaskDefinition?> Get(string name)
    {
        var reading = Reading(name);
        try
        {
            var definition = await reading;
            if (definition is null)
                Forget(name, reading);
            return definition;
        }
        catch
        {
            Forget(name, reading);
            throw;
        }
    }

    private Task<TaskDefinition?> Reading(string name)
    {
        lock (_lock)
        {
            if (_known.TryGetValue(name, out var known))
                return known;
        }

        // Not under the lock: a call may run on at once. Two that ask at the same moment read twice, which does no harm.
        var reading = Read(name);
        lock (_lock)
        {
            if (_known.TryAdd(name, reading))
                _oldestFirst.Enqueue(name);
            while (_oldestFirst.Count > Limit)
                _known.Remove(_oldestFirst.Dequeue());
        }

        return reading;
    }

    private Task<TaskDefinition?> Read(string name)
    {
        var colon = name.LastIndexOf(':');
        return colon > 0 && int.TryParse(name.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? grains.GetGrain<ITaskDefinitionGrain>(GrainKeys.TaskDefinition(name[..colon])).Get(revision)
            : Task.FromResult<TaskDefinition?>(null);
    }

    private void Forget(string name, Task<TaskDefinition?> reading)
    {
        lock (_lock)
        {
            if (_known.TryGetValue(name, out var known) && known == reading)
                _known.Remove(name);
        }
    }
}
