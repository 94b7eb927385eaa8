using System.Text;
using System.Text.Json;
using OrleansCluster.Files.Scripts;

namespace OrleansCluster.Files;

/// <summary>
/// Reads what a user hands in: YAML or JSON in UTF-8, at most 8 MiB, or for a job a script that begins with <c>#!</c>. Names and types of fields are checked here; what their values mean (a name in
/// dependencies, an amount) is the cluster's to judge.
/// </summary>
public static class SourceFile
{
    /// <summary>Bytes; the API takes no more either.</summary>
    private const int Largest = 8 * 1024 * 1024;

    /// <typeparam name="T">What it should describe: a <see cref="JobSpec"/> or a <see cref="TaskDefinitionSpec"/>.</typeparam>
    /// <param name="path">Relative to the current directory, or absolute. What does not end in <c>.json</c> may be either.</param>
    /// <exception cref="SourceFileException">There is no such file, or it describes something else; the message lists all faults with their lines.</exception>
    public static T Read<T>(string path) => Open<T>(path).To<T>();

    /// <summary>As <see cref="Read"/>, with where everything stands.</summary>
    internal static SourceDocument Open<T>(string path) => Parse<T>(path, Decode(path, ReadBytes(path)));

    /// <summary>A file of a form that is not ours: YAML or JSON, its scalars typed as they are written.</summary>
    /// <param name="text"><see langword="null"/> to read the file.</param>
    internal static SourceDocument OpenForeign(string file, string? text)
    {
        var document = YamlSource.Read(file, text ?? Decode(file, ReadBytes(file)), typeof(JsonElement));
        return document.Faults.IsEmpty ? document : throw SourceFileException.Of(file, document.Faults);
    }

    /// <summary>Whatever can be found wrong without the cluster is reported at once, with lines.</summary>
    /// <param name="file">As faults name it.</param>
    internal static SourceDocument Parse<T>(string file, string text)
    {
        var document = ReadText<T>(file, text);
        var checker = new ContractChecker(document.Map);
        checker.Check(document.Root, typeof(T), "");

        // Of what could not even be read, the checker would only say so again.
        var faults = document.Faults.AddRange(checker.Faults.Where(fault => !document.Faults.Any(known => IsAtOrIn(fault.Path, known.Path))));
        if (faults.Length > 0) throw SourceFileException.Of(file, [.. faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)]);
        return document;
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            if (Directory.Exists(path)) throw SourceFileException.Unreadable(path, "it is a directory; expected a YAML or JSON file");
            var info = new FileInfo(path);
            if (info.Exists && info.Length > Largest) throw SourceFileException.Unreadable(path, $"it has {info.Length} bytes; expected {Largest} at most");
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw SourceFileException.Unreadable(path, exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : exception.Message);
        }
    }

    private static string Decode(string file, byte[] bytes)
    {
        if (bytes.AsSpan().IndexOf((byte)0) is >= 0 and var zero)
            throw SourceFileException.Unreadable(file, $"it is not text: byte {zero} is 0; expected YAML or JSON in UTF-8");
        try
        {
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
            return text.StartsWith('\uFEFF') ? text[1..] : text;
        }
        catch (DecoderFallbackException exception)
        {
            throw SourceFileException.Unreadable(file, $"byte {exception.Index} is not UTF-8; expected YAML or JSON in UTF-8");
        }
    }

    private static SourceDocument ReadText<T>(string file, string text)
    {
        if (typeof(T) == typeof(JobSpec) && ScriptSource.Is(text)) return ScriptSource.Read(file, text);
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
}
