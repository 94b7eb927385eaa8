using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.Teams;

/// <summary>
/// What ended claims have used, as rows by team and hour which are written in the transaction of the release. Each incarnation of the committer has rows of
/// its own and reads none: a team's hour is the sum of its rows.
/// </summary>
internal sealed class UsageRows(string cluster, string incarnation)
{
    public const string Kind = "team-usage";

    /// <summary>So many are added to; then new ones are begun.</summary>
    private const int MostOpen = 20_000;

    private readonly Dictionary<(string Team, DateTimeOffset Hour), (string Key, long ETag, HourUsage Usage)> _open = [];
    private int _rows;

    /// <summary>Adds what the claims have used up to now; answers what to write. A claim of which it is not known since when adds nothing.</summary>
    public ImmutableArray<StateWrite> Close(IReadOnlyCollection<ClaimRow> claims, DateTimeOffset now)
    {
        Dictionary<(string Team, DateTimeOffset Hour), HourUsage>? more = null;
        foreach (var claim in claims)
        {
            if (claim.Claim.ClaimedAt is not { } since)
                continue;
            foreach (var (hour, usage) in UsageHours.Of(TeamAmounts.Of(claim.Claim), since, now))
            {
                more ??= [];
                more[(claim.Claim.Team, hour)] = more.GetValueOrDefault((claim.Claim.Team, hour)) + usage;
            }
        }

        return more is null ? [] : [.. more.Select(each => Write(each.Key, each.Value))];
    }

    /// <summary>
    /// What has ended, of hours that overlap the time asked for. Rows that are added to come from memory, as they are when this returns: together with what
    /// still runs at that moment they miss no claim and count none twice.
    /// </summary>
    public async Task<List<TeamUsage>> Read(ITransactionalStore store, DateTimeOffset from, DateTimeOffset to)
    {
        var rows = new List<(string Key, TeamUsage Usage)>();
        for (var hour = UsageHours.HourOf(from); hour < to; hour = hour.AddHours(1))
        {
            var query = new StateQuery { Kind = Kind, Cluster = cluster, Status = Spell(hour), Limit = StateQuery.LargestLimit };
            for (var page = await store.ListStates(query, CancellationToken.None); !page.IsEmpty; page = await store.ListStates(query, CancellationToken.None))
            {
                rows.AddRange(page.Select(row => (row.Key, JsonSerializer.Deserialize<HourUsage>(row.Json, StoreJson.Options).ToUsage(row.Index.Parent, hour))));
                query = query with { AfterKey = page[^1].Key };
            }
        }

        var open = _open.Values.Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. rows.Where(row => !open.Contains(row.Key)).Select(row => row.Usage),
            .. _open.Where(row => row.Key.Hour < to && row.Key.Hour.AddHours(1) > from).Select(row => row.Value.Usage.ToUsage(row.Key.Team, row.Key.Hour)),
        ];
    }

    private StateWrite Write((string Team, DateTimeOffset Hour) at, HourUsage more)
    {
        if (_open.Count >= MostOpen)
            _open.Clear();
        if (!_open.TryGetValue(at, out var row))
            row = (string.Create(CultureInfo.InvariantCulture, $"usage/{cluster}/{at.Team}/{Spell(at.Hour)}/{incarnation}.{_rows++}"), 0, default);
        var next = row with { ETag = row.ETag + 1, Usage = row.Usage + more };
        _open[at] = next;
        return new StateWrite
        {
            Kind = Kind,
            Key = row.Key,
            ExpectedETag = row.ETag,
            Json = JsonSerializer.Serialize(next.Usage, StoreJson.Options),
            Index = new StateIndex(cluster, at.Team, Spell(at.Hour), IsLive: false),
        };
    }

    private static string Spell(DateTimeOffset hour) => hour.ToString("yyyy-MM-dd'T'HH'Z'", CultureInfo.InvariantCulture);
}
