using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OrleansCluster.Mutations.Running;

/// <summary>The simulator as a program, one mutation or none switched on.</summary>
internal sealed partial class SimulatorProgram(string path)
{
    /// <summary>Wall-clock time for one seed on a busy machine; usual is a second.</summary>
    private static readonly TimeSpan _longestSeed = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _grace = TimeSpan.FromMinutes(2);

    /// <summary>Looks through seeds in their order until one fails.</summary>
    /// <param name="mutation">The name of the one that is on; none where it is empty.</param>
    /// <exception cref="InvalidOperationException">It stood still, or ended without a word about all its seeds.</exception>
    public async Task<FailedSeed?> FindFailure(string mutation, int from, int count, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_grace + (count * _longestSeed), TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        string[] arguments = ["--from", $"{from}", "--seeds", $"{count}", "--jobs", "1", "--stop-at-first", "--json"];
        var last = "";
        try
        {
            await foreach (var line in Child.Lines(path, arguments, [(SwitchSource.Variable, mutation)], either.Token))
            {
                if (Failure().Match(line) is { Success: true } failure)
                    return new FailedSeed(int.Parse(failure.Groups[1].Value, CultureInfo.InvariantCulture), failure.Groups[2].Value);
                last = line;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"The seeds from {from} with mutation '{mutation}' have not ended after {_grace + (count * _longestSeed)}.");
        }

        return HasRunAll(last, count) ? null : throw new InvalidOperationException($"The simulator broke off among the seeds from {from} with mutation '{mutation}': {last}");
    }

    private static bool HasRunAll(string json, int count) =>
        json.StartsWith('{') && JsonDocument.Parse(json).RootElement.TryGetProperty("seeds", out var seeds) && seeds.GetInt32() == count;

    [GeneratedRegex(@"^seed (\d+) FAILED:? *(.*)$")]
    private static partial Regex Failure();
}
