using System.Collections.Immutable;
using System.Text;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>Collects faults, and holds the checks that all kinds of input share.</summary>
internal sealed class FaultList
{
    private readonly List<Fault> _faults = [];
    private int _unlisted;

    /// <summary>As many are listed as an answer may hold; more advice would be thrown away.</summary>
    public bool IsFull => _faults.Count >= SpecLimits.Faults;

    public void Add(string path, string message)
    {
        if (IsFull)
            _unlisted++;
        else
            _faults.Add(new Fault(path, message));
    }

    public bool Has(string path) => _faults.Exists(fault => fault.Path == path);

    public void CheckName(string path, string? name)
    {
        if (!NameRule.IsName(name))
            Add(path, $"{Quoted.Of(name)} is not a name: {NameRule.Expectation}");
    }

    /// <summary>A name, and none that means something else in the paths of the API.</summary>
    public void CheckTeam(string path, string? team)
    {
        CheckName(path, team);
        if (team == NameRule.NoTeam)
            Add(path, $"{Quoted.Of(team)} cannot be a team's name: /v1/teams/{team} is what all teams have used; expected another name");
    }

    public void CheckRange(string path, long number, long least, long most)
    {
        if (number < least || number > most)
            Add(path, $"{number} is out of range: expected {least} to {most}");
    }

    public void CheckText(string path, string? text, int longest)
    {
        if (text is null)
            Add(path, "expected a text, found null");
        else if (text.Length > longest)
            Add(path, $"{text.Length} characters are too many: expected at most {longest}");
        else if (text.Contains('\0'))
            Add(path, $"{Quoted.Of(text)} holds a NUL character, which no process can be given");
    }

    /// <summary>A word of a command, or a variable's value.</summary>
    public void CheckWord(string path, string? text)
    {
        CheckText(path, text, SpecLimits.WordLength);
        if (text is { Length: <= SpecLimits.WordLength } && Encoding.UTF8.GetByteCount(text) is > SpecLimits.WordBytes and var bytes)
            Add(path, $"{bytes} bytes in UTF-8 are too many: expected at most {SpecLimits.WordBytes}");
    }

    public void CheckAbsolutePath(string path, string? text)
    {
        if (text is null || !text.StartsWith('/'))
            Add(path, $"{Quoted.Of(text)} is not an absolute path: expected one that begins with '/'");
        else
            CheckText(path, text, SpecLimits.PathLength);
    }

    /// <summary>The elements to look at: those that are there, up to the limit. What is missing or too many is a fault.</summary>
    public ImmutableArray<Item<T>> Items<T>(string path, ImmutableArray<T> list, int limit)
        where T : class
    {
        if (list.IsDefaultOrEmpty)
            return [];

        if (list.Length > limit)
            Add(path, $"{list.Length} entries are too many: expected at most {limit}");
        for (var i = 0; i < Math.Min(list.Length, limit); i++)
        {
            if (list[i] is null)
                Add($"{path}/{i}", "expected an entry, found null");
        }

        return Validation.Items.Of(path, list, limit);
    }

    /// <summary>Names that are used twice are a fault of the second.</summary>
    public void CheckUnique<T>(ImmutableArray<Item<T>> items, string member, string what, Func<T, string?> nameOf)
        where T : class
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, value) in items)
        {
            if (nameOf(value) is { } name && !first.TryAdd(name, path))
                Add(path + member, $"there is another {what} called {Quoted.Of(name)}, at {first[name]}: expected names that differ");
        }
    }

    public ImmutableArray<Fault> ToImmutable() =>
        _unlisted == 0 ? [.. _faults] : [.. _faults, new Fault("", $"and {_unlisted} more faults")];
}
