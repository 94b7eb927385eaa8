using System.Collections.Immutable;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Benchmarks.Workflows.Format;

/// <summary>The tasks of a workflow and which waits for which. Files name tasks by their ids, and some by names where these are unique.</summary>
internal sealed class WfSpecification
{
    private readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int?> _byName = new(StringComparer.Ordinal);

    private WfSpecification(ImmutableArray<(string Id, WfValue Value)> items) => Items = items;

    public ImmutableArray<(string Id, WfValue Value)> Items { get; }

    /// <summary>Of each task.</summary>
    public ImmutableArray<ImmutableArray<int>> Parents { get; private set; } = [];

    public static WfSpecification Read(WfValue specification)
    {
        var values = specification.Elements("tasks");
        if (values.Count == 0)
            specification.Fault("expected 'tasks', at least one");
        var tasks = new WfSpecification([.. values.Select(value => (IdOf(value), value))]);
        tasks.Index();
        tasks.Connect();
        return tasks;
    }

    /// <summary>By its id, or by a name that no other task has.</summary>
    public int? Find(string word) => _byId.TryGetValue(word, out var index) ? index : _byName.GetValueOrDefault(word);

    private static string IdOf(WfValue task)
    {
        var before = task.Faults.Count;
        var id = task.Text("id") ?? task.Text("name");
        if (id is null && task.Faults.Count == before)
            task.Fault("expected 'id'");
        return id ?? "";
    }

    private void Index()
    {
        for (var index = 0; index < Items.Length; index++)
        {
            var (id, task) = Items[index];
            if (id.Length > 0 && !_byId.TryAdd(id, index))
                task.Fault($"'{id}' is the id of {Items[_byId[id]].Value.Path}, too");
            if (task.Json.ValueKind == System.Text.Json.JsonValueKind.Object && task.Text("name") is { } name && !_byName.TryAdd(name, index))
                _byName[name] = null;
        }
    }

    private void Connect()
    {
        var parents = Items.Select(_ => new SortedSet<int>()).ToArray();
        for (var index = 0; index < Items.Length; index++)
        {
            if (Items[index].Value.Json.ValueKind != System.Text.Json.JsonValueKind.Object)
                continue;
            foreach (var parent in Named(Items[index], "parents", index))
                parents[index].Add(parent);
            foreach (var child in Named(Items[index], "children", index))
                parents[child].Add(index);
        }

        Parents = [.. parents.Select(set => set.ToImmutableArray())];
        foreach (var cycle in DependencyCycles.Find([.. parents.Select(set => set.ToArray())]))
            Items[cycle[0]].Value.Fault($"its parents go in a circle: {DependencyCycles.Spell(cycle, index => Items[index].Id)}");
    }

    private IEnumerable<int> Named((string Id, WfValue Value) task, string list, int self)
    {
        foreach (var word in task.Value.Elements(list))
        {
            if (word.AsText() is not { } text)
                word.Fault("expected a task's id");
            else if (Find(text) is not { } other)
                word.Fault($"'{text}' is no task of this workflow");
            else if (other == self)
                word.Fault($"'{text}' is this task itself");
            else
                yield return other;
        }
    }
}
