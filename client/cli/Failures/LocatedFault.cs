using System.Text.Json.Serialization;

namespace OrleansCluster.Cli.Failures;

/// <summary>A fault, and where in the user's file it is.</summary>
internal sealed record LocatedFault
{
    /// <summary>A JSON pointer into the input.</summary>
    public required string Path { get; init; }
    public required string Message { get; init; }
    public string? File { get; init; }

    /// <summary>From 1.</summary>
    public int? Line { get; init; }

    /// <summary>From 1, in characters.</summary>
    public int? Column { get; init; }

    [JsonIgnore]
    public string Text => $"{Place}{(Path.Length > 0 ? $"{Path}: " : "")}{Message}";

    private string Place => (File, Line) switch
    {
        (null, _) => "",
        (_, null) => $"{File}: ",
        _ => $"{File}:{Line}:{Column}: ",
    };
}
