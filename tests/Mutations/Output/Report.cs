using System.Collections.Immutable;
using System.Text.Json;
using OrleansCluster.Mutations.Running;

namespace OrleansCluster.Mutations.Output;

/// <summary>What became of the mutations: a table in Markdown, as it stands in RESULTS.md, and one JSON object.</summary>
internal static class Report
{
    private const int LongestViolation = 140;

    public static void WriteTable(TextWriter output, ImmutableArray<MutationResult> results)
    {
        output.WriteLine("| mutation | file | seeds needed | bound | found by |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var (mutation, seeds, found, _) in results)
            output.WriteLine($"| {mutation.Name} | {mutation.Files} | {found?.Seed.ToString() ?? "not found"} | {seeds} | {Shorten(found?.Violation ?? "")} |");
    }

    public static void WriteJson(TextWriter output, int unmutated, ImmutableArray<MutationResult> results) => output.WriteLine(JsonSerializer.Serialize(
        new
        {
            Unmutated = unmutated,
            Found = results.Count(result => result.Found is not null),
            Missed = results.Where(result => result.Found is null).Select(result => result.Mutation.Name),
            Mutations = results.Select(result => new
            {
                result.Mutation.Name,
                result.Mutation.Description,
                Files = result.Mutation.Edits.Select(edit => edit.File).Distinct(StringComparer.Ordinal),
                Bound = result.Seeds,
                result.Found?.Seed,
                result.Found?.Violation,
                Seconds = Math.Round(result.Took.TotalSeconds, 1),
            }),
        },
        JsonSerializerOptions.Web));

    private static string Shorten(string violation) =>
        (violation.Length <= LongestViolation ? violation : $"{violation[..LongestViolation]}…").Replace("|", "\\|", StringComparison.Ordinal);
}
