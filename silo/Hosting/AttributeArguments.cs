using System.Collections.Immutable;
using OrleansCluster.Placement.Constraints;

namespace OrleansCluster.Silo.Hosting;

/// <summary>Takes <c>--attribute NAME=VALUE</c> out of a command line: it may be there several times, which the framework's reader takes for the last one alone.</summary>
internal static class AttributeArguments
{
    public const string Switch = "--attribute";
    public const string Section = "Ocs:Attributes";

    /// <summary>What is wrong with them is told by <see cref="FaultsOf(IReadOnlyList{string})"/>.</summary>
    public static (string[] Others, ImmutableSortedDictionary<string, string?> Settings) Split(IReadOnlyList<string> arguments)
    {
        var others = new List<string>();
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (TextOf(arguments, ref i) is not { } text)
                others.Add(arguments[i]);
            else if (text.IndexOf('=') is > 0 and var end)
                settings[$"{Section}:{text[..end]}"] = text[(end + 1)..];
        }

        return ([.. others], settings.ToImmutable());
    }

    public static IEnumerable<string> FaultsOf(IReadOnlyList<string> arguments)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (TextOf(arguments, ref i) is not { } text)
                continue;
            if (text.IndexOf('=') is not (> 0 and var end))
                yield return $"{Switch}: '{text}' found; expected NAME=VALUE, such as zone=a";
            else if (!names.Add(text[..end]))
                yield return $"{Switch}: '{text[..end]}' has two values; expected one (names differ by more than capital letters)";
        }
    }

    public static IEnumerable<string> FaultsOf(ImmutableSortedDictionary<string, string> attributes) =>
        from attribute in attributes
        from fault in FaultsOf(attribute.Key, attribute.Value)
        select fault;

    private static IEnumerable<string> FaultsOf(string name, string value)
    {
        if (!NodeAttributes.IsName(name))
            yield return $"{Switch}: '{name}' is no name; expected {NodeAttributes.NameExpectation}";
        if (!NodeAttributes.IsValue(value))
            yield return $"{Switch}: {name} is '{value}'; expected {NodeAttributes.ValueExpectation}";
    }

    /// <summary><see langword="null"/> where another option begins; the value is one argument with its switch or the next one.</summary>
    private static string? TextOf(IReadOnlyList<string> arguments, ref int i)
    {
        if (arguments[i].StartsWith($"{Switch}=", StringComparison.Ordinal))
            return arguments[i][(Switch.Length + 1)..];
        return arguments[i] == Switch ? ++i < arguments.Count ? arguments[i] : "" : null;
    }
}
