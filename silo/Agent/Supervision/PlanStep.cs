using System.Collections.Immutable;

namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>The one thing to do next for a task attempt.</summary>
internal abstract record PlanStep
{
    private PlanStep()
    {
    }

    public sealed record Create(string Container) : PlanStep;

    public sealed record Start(string Container) : PlanStep;

    /// <summary>Nothing to do until a container or the manager's wish changes.</summary>
    public sealed record Wait : PlanStep
    {
        public static Wait Instance { get; } = new();
    }

    /// <summary>The task has come to its end: from here on its containers are stopped.</summary>
    public sealed record End(TaskEnd Cause) : PlanStep;

    /// <summary>These may be stopped side by side: nothing that runs depends on them.</summary>
    public sealed record Stop(ImmutableArray<string> Containers) : PlanStep
    {
        public bool Equals(Stop? other) => other is not null && Containers.SequenceEqual(other.Containers);

        public override int GetHashCode() => Containers.Length;
    }

    /// <summary>Nothing of it runs any more.</summary>
    public sealed record Finish : PlanStep;
}
