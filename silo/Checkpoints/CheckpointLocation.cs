namespace OrleansCluster.Silo.Checkpoints;

/// <summary>What <c>--checkpoints</c> says: a folder, or a bucket with an optional prefix, endpoint and region.</summary>
internal sealed record CheckpointLocation
{
    private const string Scheme = "s3";

    public string? Folder { get; init; }
    public string Bucket { get; init; } = "";

    /// <summary>Empty, or ends with a slash.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Of another store than Amazon's.</summary>
    public string? Endpoint { get; init; }
    public string Region { get; init; } = "us-east-1";

    /// <exception cref="FormatException">It is neither; the message says what was expected.</exception>
    public static CheckpointLocation Parse(string text)
    {
        if (!text.Contains("://", StringComparison.Ordinal))
            return text.Length > 0 ? new CheckpointLocation { Folder = Path.GetFullPath(text) } : throw Expected(text);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != Scheme || uri.Host.Length == 0)
            throw Expected(text);
        var location = new CheckpointLocation { Bucket = uri.Host, Prefix = uri.AbsolutePath.Trim('/') is { Length: > 0 } prefix ? prefix + "/" : "" };
        foreach (var (name, value) in Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(uri.Query))
        {
            location = name switch
            {
                "endpoint" when Uri.TryCreate(value, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https" => location with { Endpoint = value },
                "region" when value is [{ Length: > 0 }] => location with { Region = value! },
                _ => throw Expected(text),
            };
        }

        return location;
    }

    private static FormatException Expected(string text) =>
        new($"'{text}' found; expected a folder, or s3://BUCKET/PREFIX?endpoint=http://HOST:PORT&region=REGION, all after the bucket being optional");
}
