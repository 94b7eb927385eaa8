using System.Collections.Immutable;
using System.Text.Json;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.Teams;

/// <summary>Declarations as the store has them.</summary>
internal static class TeamRows
{
    public const string Kind = "team";

    /// <summary>Of one cluster.</summary>
    public const int Most = 1000;

    public static async Task<ImmutableArray<(TeamSpec Spec, long ETag)>> Read(ITransactionalStore store, string cluster)
    {
        var rows = await store.ListStates(new StateQuery { Kind = Kind, Cluster = cluster, Limit = StateQuery.LargestLimit }, CancellationToken.None);
        return [.. rows.Select(row => (JsonSerializer.Deserialize<TeamSpec>(row.Json, StoreJson.Options)!, row.ETag))];
    }

    public static StateWrite Put(string cluster, TeamSpec spec, long etag) =>
        Write(cluster, spec.Name, etag, spec.Parent, JsonSerializer.Serialize(spec, StoreJson.Options));

    public static StateWrite Delete(string cluster, string team, long etag) => Write(cluster, team, etag, parent: null, json: null);

    private static StateWrite Write(string cluster, string team, long etag, string? parent, string? json) => new()
    {
        Kind = Kind,
        Key = $"team/{cluster}/{team}",
        ExpectedETag = etag,
        Json = json,
        Index = new StateIndex(cluster, parent ?? "", "", IsLive: false),
    };
}
