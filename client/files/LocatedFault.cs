using System.Text.Json.Serialization;

namespace OrleansCluster.Files;

/// <summary>A fault, and where in the user's file it is.</summary>
public sealed record LocatedFault
{
    /// <summary>A JSON pointer into the input; empty for the whole of it.</summary>
    public required string Path { get; init; }

    /// <summary>What was found and what was expected.</summary>
    public required string Message { get; init; }

    /// <summary>As it was named by whoever asked for it.</summary>
    public string? File { get; init; }

    /// <summary>From 1.</summary>
    public int? Line { get; init; }

    /// <summary>From 1, in characters.</summary>
    public int? Column { get; init; }

    /// <summary>In one line, as compilers write it: <c>job.yaml:4:5: /tasks/0/count: Expected a whole number, found the string "two".</c></summary>
    [JsonIgnore]
    public string Text => $"{Place}{(Path.Length > 0 ? $"{Path}: " : "")}{Message}";

    public override string ToString() => Text;

    private string Place => (File, Line) switch
    {
        (null, _) => "",
        (_, null) => $"{File}: ",
        _ => $"{File}:{Line}:{Column}: ",
    };
}
