using System.Text.Json.Serialization.Metadata;

namespace OrleansCluster.Files;

/// <summary>What is expected at one place of a file: the JSON contract of a message, or nothing known.</summary>
internal readonly struct Contract
{
    private readonly JsonTypeInfo? _info;

    private Contract(Type? type)
    {
        Type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        _info = Type is null ? null : ClusterJson.Options.GetTypeInfo(Type);
    }

    public static Contract Unknown => default;

    public Type? Type { get; }
    public JsonTypeInfoKind Kind => _info?.Kind ?? JsonTypeInfoKind.None;

    /// <summary>A string stands here, so <c>5</c> and <c>true</c> are text too.</summary>
    public bool IsText => Type == typeof(string) || Type is { IsEnum: true };

    /// <summary>Only what can be set: an answer's computed members are no input.</summary>
    public IEnumerable<JsonPropertyInfo> Properties => _info?.Properties.Where(property => property.Set is not null || property.AssociatedParameter is not null) ?? [];

    public Contract Element => new(_info?.ElementType);

    public static Contract Of(Type type) => new(type);

    public Contract Member(string name) => Kind == JsonTypeInfoKind.Dictionary
        ? Element
        : new Contract(Properties.FirstOrDefault(property => property.Name == name)?.PropertyType);
}
