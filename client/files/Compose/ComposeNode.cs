using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OrleansCluster.Files.Compose;

/// <summary>One place of a Compose file, and where what is wrong with it is noted.</summary>
internal sealed partial class ComposeNode(JsonElement value, string path, Action<Fault> report)
{
    public string Path => path;

    public bool IsMap => value.ValueKind == JsonValueKind.Object;
    public bool IsList => value.ValueKind == JsonValueKind.Array;
    public bool IsEmpty => value.ValueKind == JsonValueKind.Null;

    public void Fault(string message) => report(new Fault(path, message));

    /// <summary>Its members; another kind of value is a fault.</summary>
    public IEnumerable<(string Name, ComposeNode Value)> Members()
    {
        if (IsMap) return value.EnumerateObject().Select(member => (member.Name, new ComposeNode(member.Value, JsonPointer.Member(path, member.Name), report)));
        Fault("Expected names with values.");
        return [];
    }

    public IEnumerable<ComposeNode> Elements()
    {
        if (IsList) return value.EnumerateArray().Select((element, index) => new ComposeNode(element, JsonPointer.Element(path, index), report));
        Fault("Expected a list.");
        return [];
    }

    /// <summary>Its text, also where it is a number or a truth value; <see langword="null"/>, and a fault, where it is none.</summary>
    public string? Text()
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
        if (text is null) Fault("Expected a text.");
        else if (Variable().Match(text.Replace("$$", "", StringComparison.Ordinal)) is { Success: true } match) Fault($"Variables ({match.Value}) are not filled in; expected the value itself, or $$ for a dollar sign.");
        else return text.Replace("$$", "$", StringComparison.Ordinal);
        return null;
    }

    /// <summary>A text that has to be something.</summary>
    public T? Parse<T>(Func<string, T?> parse, string expected)
        where T : class
    {
        if (Text() is not { } text) return null;
        var parsed = parse(text);
        if (parsed is null) Fault($"'{text}' found; expected {expected}.");
        return parsed;
    }

    public T? ParseValue<T>(Func<string, T?> parse, string expected)
        where T : struct
    {
        if (Text() is not { } text) return null;
        var parsed = parse(text);
        if (parsed is null) Fault($"'{text}' found; expected {expected}.");
        return parsed;
    }

    /// <summary>A list of words, or one text to be split as a shell would.</summary>
    public ImmutableArray<string> Command() => this switch
    {
        { IsEmpty: true } => [],
        { IsList: true } => [.. Elements().Select(element => element.Text() ?? "")],
        _ => ParseValue(ComposeValues.Words, "quotes that end") ?? [],
    };

    [GeneratedRegex(@"\$(\{[^}]*\}?|[A-Za-z_][A-Za-z0-9_]*)")]
    private static partial Regex Variable();
}
