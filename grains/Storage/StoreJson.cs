using System.Collections;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrleansCluster.Grains.Storage;

/// <summary>How states are written as JSON: camelCase, enums as their own converters say, and nothing that reading would fill in by itself.</summary>
public static class StoreJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>To compare by: records with arrays compare by reference, their JSON by content.</summary>
    public static string ContentOf<T>(T value) => JsonSerializer.Serialize(value, Options);

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            IgnoreReadOnlyProperties = true,

            // The text never goes into a page: no need to write every quote and umlaut as an escape.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(OmitDefaults).WithAddedModifier(OmitPendingEvents),
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>
    /// WhenWritingDefault is not it: a required property would then be missed on reading, and one whose initial value is not its type's default
    /// (<c>= true</c>) would come back wrong. What counts is what reading puts there when the text says nothing; immutable arrays are compared by their
    /// elements, since two empty ones need not be equal otherwise.
    /// </summary>
    private static void OmitDefaults(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        var untouched = type.CreateObject?.Invoke();
        foreach (var property in type.Properties)
        {
            // What is computed is never written, and of an untouched one it need not even be computable.
            if (property.Get is null || (property.Set is null && property.AssociatedParameter is null))
                continue;
            if (property.IsRequired && !property.PropertyType.IsValueType)
                continue;
            if (untouched is null && property.AssociatedParameter is null)
                continue;
            property.IsRequired = false;
            var filledIn = untouched is not null ? property.Get(untouched) : FilledIn(property.AssociatedParameter!);
            property.ShouldSerialize = (_, value) => !StructuralComparisons.StructuralEqualityComparer.Equals(value, filledIn);
        }
    }

    private static object? FilledIn(JsonParameterInfo parameter) => parameter switch
    {
        { HasDefaultValue: true, DefaultValue: { } value } => value,
        _ => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null,
    };

    private static void OmitPendingEvents(JsonTypeInfo type)
    {
        if (!type.Type.IsAssignableTo(typeof(IStoredState)))
            return;
        foreach (var property in type.Properties)
        {
            if (property.PropertyType == typeof(ImmutableArray<EventDraft>))
                property.ShouldSerialize = (_, _) => false;
        }
    }
}
