using System.Reflection;

namespace OrleansCluster.Tests.Engine.Conformity;

/// <summary>What our engine declares under Orleans's names is what Orleans declares.</summary>
public sealed class ConformityTests
{
    /// <summary>
    /// Declared in official assemblies that cannot be downloaded on their own; their shape was compared by eye with the public source.
    /// </summary>
    private static readonly Dictionary<string, string> DeclaredElsewhere = new(StringComparer.Ordinal)
    {
        ["Orleans.AliasAttribute"] = "Orleans.Serialization.Abstractions",
        ["Orleans.GenerateSerializerAttribute"] = "Orleans.Serialization.Abstractions",
        ["Orleans.IdAttribute"] = "Orleans.Serialization.Abstractions",
        ["Orleans.ImmutableAttribute"] = "Orleans.Serialization.Abstractions",
        ["Orleans.ResponseTimeoutAttribute"] = "Orleans.Serialization.Abstractions",
        ["Orleans.CollectionAgeLimitAttribute"] = "Orleans.Core",
        ["Orleans.GrainState`1"] = "Orleans.Core",
        ["Orleans.IClusterClient"] = "Orleans.Core",
        ["Orleans.IGrainState`1"] = "Orleans.Core",
        ["Orleans.KeepAliveAttribute"] = "Orleans.Core",
        ["Orleans.Storage.IGrainStorage"] = "Orleans.Core",
        ["Orleans.Storage.InconsistentStateException"] = "Orleans.Core",
        ["Orleans.Runtime.IPersistentState`1"] = "Orleans.Runtime",
        ["Orleans.Runtime.PersistentStateAttribute"] = "Orleans.Runtime",
    };

    private static readonly string Official = typeof(ConformityTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "OrleansAbstractions").Value!;

    private static readonly IReadOnlyDictionary<string, PublicType> Theirs = ApiReader.Read(Official, IsOrleans);
    private static readonly IReadOnlyDictionary<string, PublicType> Ours = ApiReader.Read(typeof(IGrain).Assembly.Location, IsOrleans);

    [Fact]
    public void EmbeddedTypes_WithOrleansNames_AreAsOrleansDeclaresThem()
    {
        var shared = Ours.Values.Where(type => Theirs.ContainsKey(type.Name)).ToArray();
        var differences = shared.SelectMany(type => ApiComparer.Differences(type, Theirs[type.Name])).ToArray();

        Assert.True(differences.Length == 0, string.Join(Environment.NewLine, differences));
        Assert.True(shared.Length >= 25, $"Only {shared.Length} types were compared.");
        Assert.True(shared.Sum(type => type.Members.Count) >= 120, $"Only {shared.Sum(type => type.Members.Count)} members were compared.");
    }

    [Fact]
    public void EmbeddedTypes_NotInTheOfficialAssembly_AreListedWithTheirHome()
    {
        var unknown = Ours.Keys.Where(name => !Theirs.ContainsKey(name)).Order(StringComparer.Ordinal);

        Assert.Equal(DeclaredElsewhere.Keys.Order(StringComparer.Ordinal), unknown);
    }

    private static bool IsOrleans(string space) => space == "Orleans" || space.StartsWith("Orleans.", StringComparison.Ordinal);
}
