using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using OrleansCluster.Cli.Failures;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Files;

/// <summary>Reads what a user hands in: YAML or JSON, from a file or, for <c>-</c>, from stdin.</summary>
internal static class SourceFile
{
    /// <summary>Bytes; the API takes no more either.</summary>
    private const int Largest = 1024 * 1024;

    /// <summary>Reads and checks a file; whatever can be found wrong without the cluster is reported at once, with lines.</summary>
    /// <typeparam name="T">What it should describe.</typeparam>
    public static async Task<SourceDocument> ReadAsync<T>(string path, CliHost host, CancellationToken cancellationToken)
    {
        var file = path == "-" ? "<stdin>" : path;
        var text = path == "-" ? await host.In.ReadToEndAsync(cancellationToken) : Decode(file, await ReadBytesAsync(path, cancellationToken));
        var document = Parse<T>(file, text);
        var checker = new ContractChecker(document.Map);
        checker.Check(document.Root, typeof(T), "");

        // Of what could not even be read, the checker would only say so again.
        var faults = document.Faults.AddRange(checker.Faults.Where(fault => !document.Faults.Any(known => IsAtOrIn(fault.Path, known.Path))));
        if (faults.Length > 0) throw Bad(file, [.. faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)]);
        return document;
    }

    private static async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (Directory.Exists(path)) throw Bad(path, "it is a directory; expected a YAML or JSON file");
            var info = new FileInfo(path);
            if (info.Exists && info.Length > Largest) throw Bad(path, $"it has {info.Length} bytes; expected {Largest} at most");
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Bad(path, exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : exception.Message);
        }
    }

    private static string Decode(string file, byte[] bytes)
    {
        if (bytes.AsSpan().IndexOf((byte)0) is >= 0 and var zero)
            throw Bad(file, $"it is not text: byte {zero} is 0; expected YAML or JSON in UTF-8");
        try
        {
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
            return text.StartsWith('\uFEFF') ? text[1..] : text;
        }
        catch (DecoderFallbackException exception)
        {
            throw Bad(file, $"byte {exception.Index} is not UTF-8; expected YAML or JSON in UTF-8");
        }
    }

    private static SourceDocument Parse<T>(string file, string text)
    {
        if (file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return WithoutSchema(JsonSource.Read(file, text));

        // JSON is YAML but for its tabs, so what begins like JSON may be either.
        var isJson = text.AsSpan().TrimStart().StartsWith("{") && JsonSource.IsJson(text);
        return WithoutSchema(isJson ? JsonSource.Read(file, text) : YamlSource.Read(file, text, typeof(T)));
    }

    /// <summary><c>$schema</c> at the top is for editors.</summary>
    private static SourceDocument WithoutSchema(SourceDocument document)
    {
        if (document.Root.ValueKind != JsonValueKind.Object || !document.Root.TryGetProperty("$schema", out _)) return document;
        var kept = document.Root.EnumerateObject().Where(member => member.Name != "$schema");
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in kept)
                member.WriteTo(writer);
            writer.WriteEndObject();
        }

        return document with { Root = JsonElement.Parse(buffer.ToArray()) };
    }

    private static bool IsAtOrIn(string path, string ancestor) =>
        path == ancestor || (path.StartsWith(ancestor, StringComparison.Ordinal) && path[ancestor.Length] == '/');

    internal static CliException Bad(string file, string message) =>
        CliException.Input($"{file} cannot be read; nothing has changed.", [new LocatedFault { Path = "", Message = message, File = file }]);

    internal static CliException Bad(string file, ImmutableArray<LocatedFault> faults) =>
        CliException.Input($"{file} has {faults.Length} fault{(faults.Length == 1 ? "" : "s")}; nothing has changed.", faults);
}
