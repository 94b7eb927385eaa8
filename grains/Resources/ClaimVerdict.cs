using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.ResourceManagement;

/// <param name="Outcomes">One for each claim of the transaction, in order.</param>
/// <param name="Accepted">The claims that are new and have to be written.</param>
/// <param name="Existing">The ids of those that the state has already; their write may still be in flight.</param>
/// <param name="Replaced">Those that are there and are given back by it.</param>
internal sealed record ClaimVerdict(ImmutableArray<ClaimOutcome> Outcomes, ImmutableArray<ClaimRow> Accepted, ImmutableArray<string> Existing, ImmutableArray<ClaimRow> Replaced);
