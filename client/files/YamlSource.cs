using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OrleansCluster.Files;

/// <summary>
/// Makes JSON of YAML: one document, its scalars typed by YAML 1.2's core schema, but text where text is expected, so that
/// <c>[sleep, 5]</c> is a command. Anchors, aliases, merge keys and tags are refused: what they would save in a job file is less than what
/// they hide.
/// </summary>
internal sealed class YamlSource
{
    /// <summary>Levels; a reader of JSON takes no more.</summary>
    private const int Deepest = 64;

    private readonly string _file;
    private readonly SourceMap _map;
    private readonly Parser _parser;
    private readonly List<LocatedFault> _faults = [];
    private readonly MemoryStream _buffer = new();
    private readonly Utf8JsonWriter _json;

    private YamlSource(string file, string text)
    {
        _file = file;
        _map = new SourceMap(file);
        _parser = new Parser(new StringReader(text));

        // Keys given twice are written and reported.
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });
    }

    /// <param name="expected">The type whose JSON contract says where text stands.</param>
    public static SourceDocument Read(string file, string text, Type expected)
    {
        var source = new YamlSource(file, text);
        try
        {
            return source.ReadDocument(Contract.Of(expected));
        }
        catch (YamlException exception)
        {
            throw source.Fatal("", $"It is not YAML: {exception.Message.Trim()}", YamlSyntax.PlaceOf(exception, text));
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // What YamlDotNet throws at some scalars that are cut off, and at escapes that are no character.
            throw source.Fatal("", "It is not YAML: what follows this cannot be read.", source.Here);
        }
    }

    private Position Here => _parser.Current is { } current ? YamlSyntax.At(current.Start) : new Position(1, 1);

    private SourceDocument ReadDocument(Contract expected)
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _)) throw SourceFileException.Of(_file, [_map.Locate("", "The file is empty.", new Position(1, 1))]);
        _parser.Consume<DocumentStart>();
        _map.Add("", YamlSyntax.At(_parser.Current!.Start));
        Value("", expected, 0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
            _faults.Add(_map.Locate("", "A second document begins here; expected one document in a file.", YamlSyntax.At(second.Start)));
        _json.Flush();
        return new SourceDocument(JsonElement.Parse(_buffer.ToArray()), _map, [.. _faults]);
    }

    private void Value(string path, Contract contract, int depth)
    {
        if (depth >= Deepest) throw Fatal(path, $"It is nested deeper than {Deepest} levels.", Here);
        if (_parser.Accept<NodeEvent>(out var node)) RefuseExtras(path, node);
        if (_parser.TryConsume<Scalar>(out var scalar)) WriteScalar(path, scalar, contract);
        else if (_parser.TryConsume<SequenceStart>(out _)) Elements(path, contract, depth);
        else if (_parser.TryConsume<MappingStart>(out _)) Members(path, contract, depth);
        else if (_parser.TryConsume<AnchorAlias>(out var alias)) RefuseAlias(path, alias);
        else throw Fatal(path, "It cannot be read here.", Here);
    }

    private void Elements(string path, Contract contract, int depth)
    {
        _json.WriteStartArray();
        for (var i = 0; !_parser.TryConsume<SequenceEnd>(out _); i++)
        {
            var pointer = JsonPointer.Element(path, i);
            _parser.Accept<ParsingEvent>(out var item);
            _map.Add(pointer, YamlSyntax.At(item!.Start));
            Value(pointer, contract.Element, depth + 1);
        }

        _json.WriteEndArray();
    }

    private void Members(string path, Contract contract, int depth)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        _json.WriteStartObject();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key)) throw Fatal(path, "A field's name is not text; expected a plain name.", Here);
            var at = YamlSyntax.At(key.Start);
            var pointer = JsonPointer.Member(path, key.Value);
            if (!seen.Add(key.Value)) _faults.Add(_map.Locate(pointer, $"\"{key.Value}\" is there twice, first in line {_map.Find(pointer).Line}.", at));
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
                _faults.Add(_map.Locate(pointer, "Merge keys are not supported; expected the fields themselves.", at));
            _map.Add(pointer, at);
            RefuseExtras(pointer, key);
            _json.WritePropertyName(key.Value);
            Value(pointer, contract.Member(key.Value), depth + 1);
        }

        _json.WriteEndObject();
    }

    private void WriteScalar(string path, Scalar scalar, Contract contract)
    {
        var isPlain = scalar.Style == ScalarStyle.Plain;
        var json = isPlain ? CoreScalar.ToJson(scalar.Value) : null;
        if (isPlain && !contract.IsText && CoreScalar.IsBeyondJson(scalar.Value))
            _faults.Add(_map.Locate(path, $"Expected a finite number, found {scalar.Value}.", YamlSyntax.At(scalar.Start)));
        if (json is null || (contract.IsText && json != "null")) _json.WriteStringValue(scalar.Value);
        else _json.WriteRawValue(json);
    }

    private void RefuseExtras(string path, NodeEvent node)
    {
        var at = YamlSyntax.At(node.Start);
        if (!node.Anchor.IsEmpty) _faults.Add(_map.Locate(path, $"Anchors (&{node.Anchor}) are not supported; expected the value alone.", at));
        if (!node.Tag.IsEmpty) _faults.Add(_map.Locate(path, $"Tags ({node.Tag}) are not supported; put a value in quotes to make it text.", at));
    }

    private void RefuseAlias(string path, AnchorAlias alias)
    {
        _faults.Add(_map.Locate(path, $"Aliases (*{alias.Value}) are not supported; expected the value itself.", YamlSyntax.At(alias.Start)));
        _json.WriteNullValue();
    }

    private SourceFileException Fatal(string path, string message, Position at) => SourceFileException.Of(_file, [.. _faults, _map.Locate(path, message, at)]);
}
