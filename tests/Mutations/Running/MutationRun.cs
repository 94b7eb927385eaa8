using System.Collections.Immutable;

namespace OrleansCluster.Mutations.Running;

/// <summary>Looks for each mutation's first seed, two mutations at a time.</summary>
internal sealed class MutationRun(SimulatorProgram simulator, TextWriter progress)
{
    private const int AtOnce = 2;

    /// <summary>Without a mutation nothing may fail, or a failure with one would mean nothing.</summary>
    /// <exception cref="InvalidOperationException">A seed fails.</exception>
    public async Task CheckUnmutated(int seeds, CancellationToken cancellationToken)
    {
        if (await simulator.FindFailure("", 1, seeds, cancellationToken) is { } failed)
            throw new InvalidOperationException($"Seed {failed.Seed} fails without any mutation: {failed.Violation}");
        await progress.WriteLineAsync($"without a mutation: {seeds} seeds, none fails");
    }

    /// <param name="seeds">How many seeds to look through instead of each mutation's own bound.</param>
    /// <returns>In the order of the list.</returns>
    public async Task<ImmutableArray<MutationResult>> Run(IReadOnlyCollection<Mutation> mutations, int? seeds, CancellationToken cancellationToken)
    {
        var results = new MutationResult[mutations.Count];
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(mutations.Index(), options, async (entry, token) =>
        {
            var began = TimeProvider.System.GetTimestamp();
            var bound = seeds ?? entry.Item.Seeds;
            var found = await Search(entry.Item, bound, token);
            results[entry.Index] = new MutationResult(entry.Item, bound, found, TimeProvider.System.GetElapsedTime(began));
            await progress.WriteLineAsync($"{Interlocked.Increment(ref done)}/{mutations.Count} {results[entry.Index]}");
        });
        return [.. results];
    }

    private async Task<FailedSeed?> Search(Mutation mutation, int seeds, CancellationToken cancellationToken)
    {
        for (var from = 1; from <= seeds;)
        {
            if (await simulator.FindFailure(mutation.Name, from, seeds - from + 1, cancellationToken) is not { } failed)
                return null;

            // A seed that fails anyway shows nothing, nor does one that fails only after others.
            if (await simulator.FindFailure(mutation.Name, failed.Seed, 1, cancellationToken) is { } again
                && await simulator.FindFailure("", failed.Seed, 1, cancellationToken) is null)
                return again;
            from = failed.Seed + 1;
        }

        return null;
    }
}
