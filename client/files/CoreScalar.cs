using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace OrleansCluster.Files;

/// <summary>
/// The types of plain scalars by YAML 1.2's core schema: <c>no</c> and <c>1:30</c> are strings, unlike in YAML 1.1.
/// </summary>
internal static partial class CoreScalar
{
    /// <summary>The scalar as JSON text; <see langword="null"/> for a string.</summary>
    public static string? ToJson(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => "null",
        "true" or "True" or "TRUE" => "true",
        "false" or "False" or "FALSE" => "false",
        _ => Number(text),
    };

    /// <summary><c>.inf</c> and <c>.nan</c>: numbers that JSON does not have.</summary>
    public static bool IsBeyondJson(string text) => BeyondJson().IsMatch(text);

    private static string? Number(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal) && Hexadecimal().IsMatch(text))
            return BigInteger.Parse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        if (text.StartsWith("0o", StringComparison.Ordinal) && Octal().IsMatch(text))
            return text[2..].Aggregate(BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0')).ToString(CultureInfo.InvariantCulture);
        var match = Decimal().Match(text);
        if (!match.Success) return null;
        var whole = match.Groups["whole"].Value.TrimStart('0');
        var fraction = match.Groups["fraction"].Value;
        return (match.Groups["sign"].Value == "-" ? "-" : "")
            + (whole.Length > 0 ? whole : "0")
            + (fraction.Length > 0 ? "." + fraction : "")
            + match.Groups["exponent"].Value;
    }

    [GeneratedRegex(@"^0x[0-9a-fA-F]+\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^0o[0-7]+\z")]
    private static partial Regex Octal();

    [GeneratedRegex(@"^(?<sign>[-+]?)(?=\.?[0-9])(?<whole>[0-9]*)(\.(?<fraction>[0-9]*))?(?<exponent>([eE][-+]?[0-9]+)?)\z")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z")]
    private static partial Regex BeyondJson();
}
