using System.Collections.Immutable;
using System.Text;

namespace OrleansCluster.Files.Scripts;

/// <summary>
/// Makes a job of a script, as batch systems do it: <c>#OCS --key=value</c> lines before the first command say what it needs, and its text goes to the
/// interpreter that its first line names.
/// </summary>
internal sealed class ScriptSource
{
    /// <summary>Bytes. Linux takes 128 KiB in one word of a command.</summary>
    public const int Largest = 64 * 1024;

    private readonly string[] _lines;
    private readonly SourceMap _map;
    private readonly ScriptJob _job;
    private readonly List<LocatedFault> _faults = [];

    private ScriptSource(string file, string text)
    {
        (_lines, _map) = (text.Split('\n'), new SourceMap(file));
        _job = new ScriptJob(_map);
    }

    public static bool Is(string text) => text.StartsWith("#!", StringComparison.Ordinal);

    public static SourceDocument Read(string file, string text)
    {
        var source = new ScriptSource(file, text);
        var (words, fault) = Interpreter.Parse(source._lines[0]);
        if (fault is not null)
            source.Fault(fault, new Position(1, 1));
        source.CheckText(text);
        source.ReadOptions();
        if (!source._job.HasImage && !source._faults.Exists(known => known.Message.StartsWith("--image", StringComparison.Ordinal)))
            source.Fault($"no image is named; expected a line {ScriptLine.Mark} --image=IMAGE", new Position(1, 1));

        // Without the first line, which is not for all interpreters a comment; line numbers stay.
        ImmutableArray<string> command = [.. words, string.Join('\n', source._lines.Skip(1).Prepend(""))];
        return new SourceDocument(source._job.ToJson(NameOf(file), command), source._map, [.. source._faults]);
    }

    private void CheckText(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) is > Largest and var bytes)
            Fault($"the script has {bytes} bytes; expected {Largest} at most", new Position(1, 1));
        if (Array.FindIndex(_lines, line => line.EndsWith('\r')) is >= 0 and var line)
            Fault("the line ends in CR LF, which interpreters stumble over; expected LF alone (dos2unix)", new Position(line + 1, _lines[line].Length));
    }

    private void ReadOptions()
    {
        int? firstCommand = null;
        for (var number = 1; number <= _lines.Length; number++)
        {
            var line = _lines[number - 1].TrimEnd('\r');
            if (!ScriptLine.Is(line))
            {
                if (!string.IsNullOrWhiteSpace(line) && !line.TrimStart().StartsWith('#'))
                    firstCommand ??= number;
            }
            else if (firstCommand is { } command)
            {
                Fault($"{ScriptLine.Mark} lines go before the first command, which is in line {command}", new Position(number, 1));
            }
            else
            {
                ReadOptions(new ScriptLine(line, number));
            }
        }
    }

    private void ReadOptions(ScriptLine line)
    {
        foreach (var option in line.Read())
        {
            if (ScriptKey.All.FirstOrDefault(key => key.Name == option.Name) is not { } key)
                Fault(Unknown(option.Name), option.At);
            else if (string.IsNullOrEmpty(option.Value))
                Fault($"--{key.Name} has no value; expected --{key.Name}=VALUE", option.At);
            else if (_job.Set(key, option.Value, option.At) is { } fault)
                Fault(fault, option.At);
        }

        foreach (var (at, fault) in line.Faults)
            Fault(fault, at);
    }

    private void Fault(string message, Position at) => _faults.Add(_map.Locate("", message, at));

    private static string Unknown(string name)
    {
        var near = ScriptKey.All.FirstOrDefault(key => NearName.Is(name, key.Name));
        return near is not null
            ? $"there is no option --{name}; did you mean --{near.Name}?"
            : $"there is no option --{name}; expected one of {string.Join(", ", ScriptKey.All.Select(key => $"--{key.Name}"))}";
    }

    /// <summary>The file's name in letters that a job's name may have.</summary>
    private static string NameOf(string file)
    {
        const int longest = 63;
        var name = new StringBuilder();
        foreach (var c in Path.GetFileNameWithoutExtension(file).ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || (char.IsAsciiDigit(c) && name.Length > 0))
                name.Append(c);
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
        }

        var text = name.ToString()[..Math.Min(name.Length, longest)].TrimEnd('-');
        return file.StartsWith('<') || text.Length == 0 ? "script" : text;
    }
}
