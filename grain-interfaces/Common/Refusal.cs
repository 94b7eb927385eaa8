using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>Why a request changed nothing: an expected answer, not an exception.</summary>
[GenerateSerializer, Immutable, Alias("ocs.Refusal")]
public sealed record Refusal
{
    [Id(0)] public required RefusalKind Kind { get; init; }

    /// <summary>One sentence for a person.</summary>
    [Id(1)] public required string Title { get; init; }

    /// <summary>Every fault found, not only the first.</summary>
    [Id(2)] public ImmutableArray<Fault> Faults { get; init; } = [];

    public static Refusal Invalid(string title, ImmutableArray<Fault> faults) => new() { Kind = RefusalKind.Invalid, Title = title, Faults = faults };

    /// <param name="what">What has them: <c>The job</c>.</param>
    public static Refusal Faulty(string what, ImmutableArray<Fault> faults) => Invalid($"{what} has {faults.Length} fault{(faults.Length == 1 ? "" : "s")}.", faults);

    public static Refusal NotFound(string title) => new() { Kind = RefusalKind.NotFound, Title = title };
    public static Refusal Conflict(string title, params ImmutableArray<Fault> faults) => new() { Kind = RefusalKind.Conflict, Title = title, Faults = faults };
}
