using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;
using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Json;

/// <summary>
/// Reads what users hand in: every fault of form is found in one pass, each with its place. The walk is our own because the serializer stops
/// at the first fault, and the messages of JSON Schema libraries do not name the field that was meant.
/// </summary>
internal static class StrictJson
{
    /// <param name="rules">What must hold beyond the form. Asked here only where the form has faults, so that both kinds are told in one answer.</param>
    public static Input<T> Read<T>(ReadOnlyMemory<byte> utf8, Func<T, ImmutableArray<Fault>> rules)
        where T : class
    {
        if (!Utf8.IsValid(utf8.Span))
            return Problem.Of(ProblemKind.MalformedJson, "The body is not UTF-8 text.");
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return Read(document.RootElement, rules);
        }
        catch (JsonException exception)
        {
            return Malformed(exception);
        }
    }

    private static Input<T> Read<T>(JsonElement root, Func<T, ImmutableArray<Fault>> rules)
        where T : class
    {
        var faults = new FaultList();
        new ContractWalker(faults).Walk(root, typeof(T), "");
        if (!faults.IsEmpty)
            return Problem.Of(ProblemKind.InvalidInput, "The body does not have the expected form.", WithRules(root, faults.ToImmutable(), rules));
        return root.Deserialize<T>(ClusterJson.Options)
            ?? throw new InvalidOperationException($"The contract of {typeof(T)} was met by null.");
    }

    /// <summary>Adds the rules broken elsewhere than where the form is. What lacks a field or has one of the wrong kind cannot be asked for them.</summary>
    private static ImmutableArray<Fault> WithRules<T>(JsonElement root, ImmutableArray<Fault> form, Func<T, ImmutableArray<Fault>> rules)
        where T : class
    {
        try
        {
            if (root.Deserialize<T>(ClusterJson.Options) is not { } value)
                return form;
            return [.. form, .. rules(value).Where(rule => !form.Any(fault => IsAtOrIn(rule.Path, fault.Path)))];
        }
        catch (JsonException)
        {
            return form;
        }
    }

    private static bool IsAtOrIn(string path, string ancestor) =>
        path == ancestor || (path.StartsWith(ancestor, StringComparison.Ordinal) && path[ancestor.Length] == '/');

    private static Problem Malformed(JsonException exception)
    {
        var line = (exception.LineNumber ?? 0) + 1;
        var position = (exception.BytePositionInLine ?? 0) + 1;
        // The serializer appends "LineNumber: … | BytePositionInLine: …", counted from 0.
        var message = exception.Message.Split(" LineNumber:", 2)[0];
        return Problem.Of(ProblemKind.MalformedJson, $"Line {line}, byte {position}: {message}", new Fault("", $"Line {line}, byte {position}: {message}"));
    }
}
