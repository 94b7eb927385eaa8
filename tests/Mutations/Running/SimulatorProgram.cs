using System.Globalization;
using System.Text.RegularExpressions;

namespace OrleansCluster.Mutations.Running;

/// <summary>The simulator as a program, one mutation or none switched on.</summary>
internal sealed partial class SimulatorProgram(string path)
{
    /// <summary>Seconds of wall-clock time for one seed; usual is one.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(5);

    /// <summary>Looks through seeds in their order until one fails.</summary>
    /// <param name="mutation">The name of the one that is on; none where it is empty.</param>
    /// <exception cref="InvalidOperationException">It stood still, or ended without a word about all its seeds.</exception>
    public async Task<FailedSeed?> FindFailure(string mutation, int from, int count, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_longest, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var next = from;
        try
        {
            await foreach (var line in Child.Lines(path, Arguments(from, count), [(SwitchSource.Variable, mutation)], either.Token))
            {
                if (Seed().Match(line) is not { Success: true } seed)
                    continue;
                next = int.Parse(seed.Groups[1].Value, CultureInfo.InvariantCulture);
                if (seed.Groups[2].Value == "FAILED")
                    return new FailedSeed(next, seed.Groups[3].Value);
                next++;
                patience.CancelAfter(_longest);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"Seed {next} with mutation '{mutation}' has not ended after {_longest}.");
        }

        return next == from + count ? null : throw new InvalidOperationException($"The simulator broke off at seed {next} with mutation '{mutation}'.");
    }

    private static string[] Arguments(int from, int count) => [$"{from}", $"{count}"];

    [GeneratedRegex(@"^seed (\d+) (ok|FAILED) (?:OrleansCluster\.Testing\.SimulationException: )?(.*)$")]
    private static partial Regex Seed();
}
