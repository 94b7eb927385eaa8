using System.Diagnostics.CodeAnalysis;

namespace OrleansCluster.Silo.Api.Problems;

/// <summary>What was read from a request, or the problem with it.</summary>
internal readonly record struct Input<T>(T? Value, Problem? Problem)
    where T : class
{
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsGood => Value is not null;

    public static implicit operator Input<T>(T value) => new(value, null);
    public static implicit operator Input<T>(Problem problem) => new(null, problem);
}
