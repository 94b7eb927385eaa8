using System.CommandLine;
using System.Text.Json;

namespace OrleansCluster.Cli.Hosting;

/// <summary>An option whose values are an enum's, spelled as in JSON, in any case.</summary>
internal static class EnumOption
{
    public static Option<T?> Create<T>(string name, string description)
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>().ToDictionary(Spell, StringComparer.OrdinalIgnoreCase);
        var option = new Option<T?>(name)
        {
            Description = $"{description}: {string.Join(", ", values.Keys)}",
            HelpName = name.TrimStart('-').ToUpperInvariant(),
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (values.TryGetValue(text, out var value)) return value;
                result.AddError($"{name} is '{text}'; expected one of {string.Join(", ", values.Keys)}");
                return null;
            },
        };
        option.CompletionSources.Add(_ => values.Keys.Select(word => new System.CommandLine.Completions.CompletionItem(word)));
        return option;
    }

    private static string Spell<T>(T value) => JsonSerializer.SerializeToElement(value, ClusterJson.Options).GetString()!;
}
