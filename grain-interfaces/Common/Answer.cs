using System.Diagnostics.CodeAnalysis;

namespace OrleansCluster;

/// <summary>What a grain answers when it may refuse: a value, or the refusal that says why there is none.</summary>
[GenerateSerializer, Immutable, Alias("ocs.Answer`1")]
public sealed record Answer<T>
    where T : class
{
    [Id(0)] public T? Value { get; init; }
    [Id(1)] public Refusal? Refusal { get; init; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Value is not null;

    public static implicit operator Answer<T>(T value) => new() { Value = value };
    public static implicit operator Answer<T>(Refusal refusal) => new() { Refusal = refusal };
}
