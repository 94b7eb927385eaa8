using System.Collections.Immutable;

namespace OrleansCluster.Mutations;

/// <summary>One deliberate fault in production code.</summary>
/// <param name="Name">Lower-case words with hyphens; unique.</param>
/// <param name="Description">What goes wrong, in one sentence.</param>
/// <param name="Seeds">The simulator must find it among the seeds from 1 to this.</param>
/// <param name="Edits">All of them together are the fault: often the code has a second line of defence, which has to fall too.</param>
internal sealed record Mutation(string Name, string Description, int Seeds, params ImmutableArray<Edit> Edits)
{
    /// <summary>For the table: where the fault lies.</summary>
    public string Files => string.Join(", ", Edits.Select(edit => edit.File).Distinct(StringComparer.Ordinal));
}
