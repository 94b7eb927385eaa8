namespace OrleansCluster.Mutations.Copying;

/// <summary>Production code has changed under the list of mutations.</summary>
internal sealed class MutationListException(IReadOnlyCollection<string> faults)
    : Exception($"The list of mutations does not fit the code; put right in tests/Mutations/List:{string.Concat(faults.Select(fault => $"{Environment.NewLine}  {fault}"))}");
