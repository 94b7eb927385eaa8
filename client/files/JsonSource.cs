using System.Text;
using System.Text.Json;

namespace OrleansCluster.Files;

/// <summary>Reads JSON and notes where everything stands.</summary>
internal static class JsonSource
{
    public static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static SourceDocument Read(string file, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var map = new SourceMap(file);
        try
        {
            var root = JsonElement.Parse(bytes);
            return new SourceDocument(root, map, [.. new Walk(bytes, map).Run()]);
        }
        catch (JsonException exception)
        {
            var line = (int)(exception.LineNumber ?? 0) + 1;
            var at = new Position(line, (int)(exception.BytePositionInLine ?? 0) + 1);

            // The reader's own message ends with the same place, counted from 0.
            var message = exception.Message.Split(" LineNumber:", 2)[0];
            throw SourceFileException.Of(file, [map.Locate("", $"It is not JSON: {message}", at)]);
        }
    }

    private sealed class Walk(byte[] bytes, SourceMap map)
    {
        private readonly List<LocatedFault> _faults = [];
        private int _line = 1;
        private int _lineStart;
        private int _counted;

        public List<LocatedFault> Run()
        {
            var reader = new Utf8JsonReader(bytes);
            reader.Read();
            map.Add("", At(ref reader));
            Value(ref reader, "");
            return _faults;
        }

        // The depth is the parser's: it has read all of it before.
        private void Value(ref Utf8JsonReader reader, string path)
        {
            if (reader.TokenType == JsonTokenType.StartObject) Members(ref reader, path);
            else if (reader.TokenType == JsonTokenType.StartArray) Elements(ref reader, path);
            else if (reader.TokenType == JsonTokenType.String) Text(ref reader, path);
        }

        private void Members(ref Utf8JsonReader reader, string path)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var name = Text(ref reader, path);
                var at = At(ref reader);
                var pointer = JsonPointer.Member(path, name);
                if (!seen.Add(name)) _faults.Add(map.Locate(pointer, $"\"{name}\" is there twice.", at));
                map.Add(pointer, at);
                reader.Read();
                Value(ref reader, pointer);
            }
        }

        private void Elements(ref Utf8JsonReader reader, string path)
        {
            for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
            {
                var pointer = JsonPointer.Element(path, i);
                map.Add(pointer, At(ref reader));
                Value(ref reader, pointer);
            }
        }

        /// <summary>Half a surrogate pair (<c>"\ud800"</c>) is JSON by its grammar, but no text.</summary>
        private string Text(ref Utf8JsonReader reader, string path)
        {
            try
            {
                return reader.GetString() ?? "";
            }
            catch (InvalidOperationException)
            {
                throw SourceFileException.Of(map.File, [map.Locate(path, "It has an escape that is no character.", At(ref reader))]);
            }
        }

        private Position At(ref Utf8JsonReader reader)
        {
            var target = (int)reader.TokenStartIndex;
            for (; _counted < target; _counted++)
            {
                if (bytes[_counted] != (byte)'\n') continue;
                _line++;
                _lineStart = _counted + 1;
            }

            return new Position(_line, Encoding.UTF8.GetCharCount(bytes, _lineStart, target - _lineStart) + 1);
        }
    }
}
