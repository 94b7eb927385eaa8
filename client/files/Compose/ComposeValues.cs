using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OrleansCluster.Files.Compose;

/// <summary>How Compose writes amounts, times, ports and commands. Each gives <see langword="null"/> for what is none.</summary>
internal static partial class ComposeValues
{
    /// <summary>A command in one text, by the quotes of a shell; nothing else of it is a shell's.</summary>
    public static ImmutableArray<string>? Words(string text)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        StringBuilder? word = null;
        char? quote = null;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote is null && char.IsWhiteSpace(c))
            {
                if (word is not null) words.Add(word.ToString());
                word = null;
                continue;
            }

            word ??= new StringBuilder();
            if (c == '\\' && quote != '\'' && i + 1 < text.Length)
                word.Append(text[++i]);
            else if (quote == c)
                quote = null;
            else if (quote is null && c is '\'' or '"')
                quote = c;
            else
                word.Append(c);
        }

        if (word is not null) words.Add(word.ToString());
        return quote is null ? words.ToImmutable() : null;
    }

    /// <summary><c>0.5</c> of a core, in millicores.</summary>
    public static int? Cpu(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cores) && cores is > 0 and <= 1024 ? (int)Math.Ceiling(cores * 1000) : null;

    /// <summary><c>512m</c>, <c>1.5g</c>, bytes: in MiB, rounded up.</summary>
    public static int? Memory(string text)
    {
        if (Amount().Match(text) is not { Success: true } match || !decimal.TryParse(match.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;
        var bytes = number * (match.Groups[2].Value.ToLowerInvariant() switch { "k" => 1024, "m" => 1024 * 1024, "g" => 1024 * 1024 * 1024, _ => 1 });
        var mebibytes = Math.Ceiling(bytes / (1024 * 1024));
        return mebibytes is >= 1 and <= int.MaxValue ? (int)mebibytes : null;
    }

    /// <summary><c>90s</c>, <c>1m30s</c>: in seconds, rounded up.</summary>
    public static int? Seconds(string text)
    {
        if (text.Length == 0 || Duration().Match(text) is not { Success: true } match)
            return null;
        var milliseconds = Part(1, 3_600_000) + Part(2, 60_000) + Part(3, 1000) + Part(4, 1);
        return milliseconds <= int.MaxValue ? (int)((milliseconds + 999) / 1000) : null;
        long Part(int group, long unit) => match.Groups[group].Success ? long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) * unit : 0;
    }

    /// <summary><c>8080:80</c>, <c>53:53/udp</c>, <c>80</c> for a port of the host that the container runtime chooses.</summary>
    public static PortMapping? Port(string text) => Ports().Match(text) is { Success: true } match
        ? new PortMapping
        {
            Host = match.Groups[1].Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0,
            Container = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture),
            Protocol = match.Groups[3].Value == "udp" ? PortProtocol.Udp : PortProtocol.Tcp,
        }
        : null;

    [GeneratedRegex(@"\A([0-9]{1,12}(?:\.[0-9]{1,6})?)([bkmgBKMG]?)[bB]?\z")]
    private static partial Regex Amount();

    [GeneratedRegex(@"\A(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?(?:([0-9]{1,6})ms)?\z")]
    private static partial Regex Duration();

    [GeneratedRegex(@"\A(?:([1-9][0-9]{0,4}):)?([1-9][0-9]{0,4})(?:/(tcp|udp))?\z")]
    private static partial Regex Ports();
}
