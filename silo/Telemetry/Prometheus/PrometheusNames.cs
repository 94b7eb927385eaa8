using System.Text;
using OpenTelemetry.Metrics;

namespace OrleansCluster.Silo.Telemetry.Prometheus;

/// <summary>
/// Turns OpenTelemetry's names into Prometheus's, as the OpenTelemetry specification ("Prometheus and OpenMetrics Compatibility") says:
/// <c>ocs.store.commit.duration</c> in <c>s</c> is <c>ocs_store_commit_duration_seconds</c>.
/// </summary>
internal static class PrometheusNames
{
    private const string Total = "_total";

    public static string Of(Metric metric) => Of(metric.Name, metric.Unit, MetricFamily.KindOf(metric.MetricType));

    /// <param name="kind">As in <see cref="MetricFamily.Kind"/>.</param>
    public static string Of(string name, string? unit, string kind)
    {
        var text = Sanitize(name, mayHaveColon: true);
        if (kind == "counter" && text.EndsWith(Total, StringComparison.Ordinal))
            text = text[..^Total.Length];
        if (UnitOf(unit, kind) is { Length: > 0 } word && !text.EndsWith($"_{word}", StringComparison.Ordinal))
            text = $"{text}_{word}";
        return kind == "counter" ? text + Total : text;
    }

    public static string LabelOf(string tag) => Sanitize(tag, mayHaveColon: false);

    private static string UnitOf(string? unit, string kind) => unit switch
    {
        // What stands in braces is an annotation: {task} counts tasks and is no unit.
        null or "" or ['{', .., '}'] => "",
        "1" => kind == "gauge" ? "ratio" : "",
        _ when unit.IndexOf('/') is > 0 and var slash => $"{Word(unit[..slash])}_per_{Word(unit[(slash + 1)..])}",
        _ => Word(unit),
    };

    private static string Word(string unit) => unit switch
    {
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "min" => "minutes",
        "h" => "hours",
        "d" => "days",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "%" => "percent",
        "Hz" => "hertz",
        ['{', .. var inner, '}'] => Sanitize(inner, mayHaveColon: false),
        _ => Sanitize(unit, mayHaveColon: false),
    };

    /// <summary>What a name may not have becomes an underscore, and several of them one.</summary>
    private static string Sanitize(string name, bool mayHaveColon)
    {
        var text = new StringBuilder(name.Length + 1);
        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
            text.Append('_');
        foreach (var letter in name)
        {
            var isFine = char.IsAsciiLetterOrDigit(letter) || (mayHaveColon && letter == ':');
            if (isFine)
                text.Append(letter);
            else if (text.Length == 0 || text[^1] != '_')
                text.Append('_');
        }

        return text.ToString();
    }
}
