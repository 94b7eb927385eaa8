using System.Collections.Immutable;

namespace OrleansCluster.Tests.Api.Http.Fakes;

internal sealed class FakeDefinition : ITaskDefinitionGrain
{
    private readonly List<TaskDefinition> _revisions = [];

    public Refusal? Refusal { get; set; }

    public void Add(string family, params string[] containers) =>
        _revisions.Add(new TaskDefinition
        {
            Family = family,
            Revision = _revisions.Count + 1,
            RegisteredAt = Samples.Now,
            Containers = [.. containers.Select(name => new ContainerSpec { Name = name, Image = "busybox", Resources = new(100, 32, 0) })],
        });

    public Task<Answer<TaskDefinition>> Register(TaskDefinitionSpec spec)
    {
        if (Refusal is not null)
            return Task.FromResult<Answer<TaskDefinition>>(Refusal);
        var names = spec.Containers.Select(container => container.Name).ToArray();
        if (_revisions.Count == 0 || !_revisions[^1].Containers.Select(container => container.Name).SequenceEqual(names))
            Add(spec.Family, names);
        return Task.FromResult<Answer<TaskDefinition>>(_revisions[^1]);
    }

    public Task<TaskDefinition?> Get(int? revision) =>
        Task.FromResult(revision is { } number ? _revisions.ElementAtOrDefault(number - 1) : _revisions.LastOrDefault());

    public Task<ImmutableArray<TaskDefinition>> List() => throw new NotSupportedException();
}
