namespace OrleansCluster.Mutations.Running;

/// <param name="Seeds">How many seeds were to be looked through.</param>
/// <param name="Found">The first seed that fails with the mutation and not without; <see langword="null"/> where none does.</param>
internal sealed record MutationResult(Mutation Mutation, int Seeds, FailedSeed? Found, TimeSpan Took)
{
    public override string ToString() =>
        $"{Mutation.Name} ({Took.TotalSeconds:F0} s): {(Found is null ? $"not found in {Seeds} seeds" : $"seed {Found.Seed}: {Found.Violation}")}";
}
