using System.Collections.Immutable;

namespace OrleansCluster.Silo.Hosting;

/// <summary>Takes options such as <c>--attribute NAME=VALUE</c> out of a command line: one may be there several times, which the framework's reader takes for the last one alone.</summary>
/// <param name="form">What is expected of it, with an example.</param>
internal sealed class NamedArguments(string option, string section, string form)
{
    public static NamedArguments Attributes { get; } = new("--attribute", "Ocs:Attributes", "NAME=VALUE, such as zone=a");

    public static NamedArguments Gpus { get; } = new("--gpu", "Ocs:Gpus", "ID=MODEL, such as 0=A100");

    public static NamedArguments Amounts { get; } = new("--amount", "Ocs:Amounts", "NAME=N, such as licence=4");

    public static NamedArguments EntryTcp { get; } = new("--entry-tcp", "Ocs:EntryTcp", "PORT=SERVICE, such as 5432=db");

    public static ImmutableArray<NamedArguments> All { get; } = [Attributes, Gpus, Amounts, EntryTcp];

    /// <summary>As it is typed.</summary>
    public string Option => option;

    /// <summary>Where configuration has them.</summary>
    public string Section => section;

    /// <summary>What is wrong with them is told by <see cref="FaultsOf(IReadOnlyList{string})"/>.</summary>
    public static (string[] Others, ImmutableSortedDictionary<string, string?> Settings) Split(IReadOnlyList<string> arguments)
    {
        var others = new List<string>();
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (Find(arguments, ref i) is not var (kind, text))
                others.Add(arguments[i]);
            else if (text.IndexOf('=') is > 0 and var end)
                settings[$"{kind.Section}:{text[..end]}"] = text[(end + 1)..];
        }

        return ([.. others], settings.ToImmutable());
    }

    public static IEnumerable<string> FaultsOf(IReadOnlyList<string> arguments)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (Find(arguments, ref i) is not var (kind, text))
                continue;
            if (text.IndexOf('=') is not (> 0 and var end))
                yield return $"{kind.Option}: '{text}' found; expected {kind.Form}";
            else if (!names.Add($"{kind.Option} {text[..end]}"))
                yield return $"{kind.Option}: '{text[..end]}' has two values; expected one (names differ by more than capital letters)";
        }
    }

    private string Form => form;

    private static (NamedArguments Kind, string Text)? Find(IReadOnlyList<string> arguments, ref int i)
    {
        foreach (var kind in All)
        {
            if (kind.TextOf(arguments, ref i) is { } text)
                return (kind, text);
        }

        return null;
    }

    /// <summary><see langword="null"/> where another option begins; the value is one argument with its option or the next one.</summary>
    private string? TextOf(IReadOnlyList<string> arguments, ref int i)
    {
        if (arguments[i].StartsWith($"{option}=", StringComparison.Ordinal))
            return arguments[i][(option.Length + 1)..];
        return arguments[i] == option ? ++i < arguments.Count ? arguments[i] : "" : null;
    }
}
