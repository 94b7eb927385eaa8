using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Benchmarks.Workflows.Jobs;

/// <summary>Ids of any spelling as names that a job may have: lower-case letters, digits and single hyphens, a letter first, and each once.</summary>
internal static class TaskNames
{
    /// <summary>One for each id, in their order; what only differed by what a name cannot have is numbered.</summary>
    public static ImmutableArray<string> Of(IReadOnlyCollection<string> ids)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. ids.Select(id => Take(Of(id, "t"), taken))];
    }

    /// <param name="first">What a name begins with that would not begin with a letter.</param>
    public static string Of(string text, string first)
    {
        var name = new StringBuilder();
        foreach (var c in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
                name.Append(c);
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
        }

        if (name.Length == 0 || !char.IsAsciiLetter(name[0]))
            name.Insert(0, name.Length == 0 ? first : first + "-");
        return Cut(name.ToString(), SpecLimits.NameLength);
    }

    private static string Take(string name, HashSet<string> taken)
    {
        var unique = name;
        for (var number = 2; !taken.Add(unique); number++)
        {
            var suffix = number.ToString("'-'0", CultureInfo.InvariantCulture);
            unique = Cut(name, SpecLimits.NameLength - suffix.Length) + suffix;
        }

        return unique;
    }

    private static string Cut(string name, int longest) => name[..Math.Min(name.Length, longest)].TrimEnd('-');
}
