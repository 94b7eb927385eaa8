using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OrleansCluster.Client.Http;

/// <summary>Spells a relative address: segments and query values escaped, empty values left out.</summary>
internal sealed class ApiPath
{
    private readonly StringBuilder _text;
    private char _separator = '?';

    private ApiPath(string text) => _text = new StringBuilder(text);

    public bool HasQuery => _separator == '&';

    public static ApiPath Of(params ReadOnlySpan<string> segments)
    {
        var path = new ApiPath("v1");
        foreach (var segment in segments)
            path._text.Append('/').Append(Uri.EscapeDataString(segment));
        return path;
    }

    public ApiPath With(string name, string? value)
    {
        if (string.IsNullOrEmpty(value)) return this;
        _text.Append(_separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        _separator = '&';
        return this;
    }

    public ApiPath With(string name, long? value) => With(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Enums go over the wire as in JSON: <c>RUNNING</c>.</summary>
    public ApiPath WithEnum<T>(string name, T? value)
        where T : struct, Enum =>
        value is { } known ? With(name, JsonSerializer.SerializeToElement(known, ClusterJson.Options).GetString()) : this;

    public ApiPath With(PageRequest page) => With("after", page.After).With("limit", page.Limit);

    public override string ToString() => _text.ToString();
}
