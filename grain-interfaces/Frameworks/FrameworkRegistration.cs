namespace OrleansCluster;

/// <summary>The answer to a registration.</summary>
[GenerateSerializer, Immutable, Alias("ocs.FrameworkRegistration")]
public sealed record FrameworkRegistration
{
    [Id(0)] public required FrameworkView Framework { get; init; }

    /// <summary>What its calls have to bring along. Told once, when it was made here: afterwards nobody can read it, and it is empty.</summary>
    [Id(1)] public string Token { get; init; } = "";
}
