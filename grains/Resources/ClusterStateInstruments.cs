using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using OrleansCluster.Grains.Runtime.Telemetry;

namespace OrleansCluster.Grains.ResourceManagement;

internal sealed class ClusterStateInstruments
{
    public const string MeterName = "OrleansCluster.ClusterState";

    private const double Millicores = 1000;
    private const long BytesInMiB = 1024 * 1024;

    private static readonly string[] _statuses = [.. Enum.GetValues<NodeStatus>().Select(s => s.ToString().ToUpperInvariant())];

    private readonly GaugeBoard<ClusterTotals> _clusters = new();
    private readonly GaugeBoard<TeamTotals> _teams = new();
    private readonly Counter<long> _transactions;
    private readonly Counter<long> _committed;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _released;
    private readonly Counter<long> _lostRaces;
    private readonly Counter<long> _uncertain;

    public ClusterStateInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _transactions = meter.CreateCounter<long>("ocs.cluster.transactions", "{transaction}", "Claim transactions answered.");
        _committed = meter.CreateCounter<long>("ocs.cluster.claims.committed", "{claim}", "Claims committed.");
        _rejected = meter.CreateCounter<long>("ocs.cluster.claims.rejected", "{claim}", "Claims rejected, by cause.");
        _released = meter.CreateCounter<long>("ocs.cluster.claims.released", "{claim}", "Claims given back.");
        _lostRaces = meter.CreateCounter<long>("ocs.cluster.lost_races", "{write}", "Writes for which another committer was first.");
        _uncertain = meter.CreateCounter<long>("ocs.cluster.uncertain_writes", "{write}", "Writes that may or may not have happened; the state was read anew.");
        meter.CreateObservableGauge("ocs.cluster.nodes", () => Show(t => t.Nodes), "{node}", "Nodes by status.");
        meter.CreateObservableGauge("ocs.cluster.claims", () => Show(t => t.Claims), "{claim}", "Claims by the status of their node.");
        meter.CreateObservableGauge("ocs.cluster.cpu.capacity", () => Show(t => t.CpuCapacity / Millicores), "{core}", "Cores that nodes offer.");
        meter.CreateObservableGauge("ocs.cluster.cpu.claimed", () => Show(t => t.CpuClaimed / Millicores), "{core}", "Cores that are claimed.");
        meter.CreateObservableGauge("ocs.cluster.memory.capacity", () => Show(t => t.MemoryCapacity * BytesInMiB), "By", "Memory that nodes offer.");
        meter.CreateObservableGauge("ocs.cluster.memory.claimed", () => Show(t => t.MemoryClaimed * BytesInMiB), "By", "Memory that is claimed.");
        meter.CreateObservableGauge("ocs.cluster.disk.capacity", () => Show(t => t.DiskCapacity * BytesInMiB), "By", "Disk that nodes offer.");
        meter.CreateObservableGauge("ocs.cluster.disk.claimed", () => Show(t => t.DiskClaimed * BytesInMiB), "By", "Disk that is claimed.");
        meter.CreateObservableGauge("ocs.cluster.team.claims", () => ShowTeams(t => t.Claims), "{claim}", "Claims by team, without its children's.");
        meter.CreateObservableGauge("ocs.cluster.team.cpu.claimed", () => ShowTeams(t => t.Used.Cpu / Millicores), "{core}", "Cores that are claimed, by team.");
        meter.CreateObservableGauge("ocs.cluster.team.memory.claimed", () => ShowTeams(t => t.Used.Memory * BytesInMiB), "By", "Memory that is claimed, by team.");
        meter.CreateObservableGauge("ocs.cluster.team.dominant.share", ShowShares, "1", "The largest of a team's shares of the cluster's resources, its children's among them.");
    }

    public void TeamsChanged(string cluster, TeamTotals teams) => _teams.Post(cluster, teams);

    public void Answered(string cluster, ImmutableArray<ClaimOutcome> outcomes)
    {
        _transactions.Add(1, new KeyValuePair<string, object?>("cluster", cluster));
        if (!_committed.Enabled && !_rejected.Enabled)
            return;
        var committed = 0;
        foreach (var outcome in outcomes)
        {
            if (outcome.Rejection is { } rejection)
                _rejected.Add(1, new("cluster", cluster), new("reason", rejection.Reason.ToString()));
            else
                committed++;
        }

        _committed.Add(committed, new KeyValuePair<string, object?>("cluster", cluster));
    }

    public void Released(string cluster, int claims) => _released.Add(claims, new KeyValuePair<string, object?>("cluster", cluster));

    public void RaceLost(string cluster) => _lostRaces.Add(1, new KeyValuePair<string, object?>("cluster", cluster));

    public void WriteLeftUncertain(string cluster) => _uncertain.Add(1, new KeyValuePair<string, object?>("cluster", cluster));

    public void TotalsChanged(string cluster, ClusterTotals totals) => _clusters.Post(cluster, totals);

    public void ClusterGone(string cluster, ClusterTotals? totals, TeamTotals? teams)
    {
        _clusters.TakeDown(cluster, totals);
        _teams.TakeDown(cluster, teams);
    }

    private IEnumerable<Measurement<T>> ShowTeams<T>(Func<TeamSnapshot, T> amount)
        where T : struct =>
        from cluster in _teams.Posted
        from team in cluster.Value.Teams
        select new Measurement<T>(amount(team), new("cluster", cluster.Key), new("team", team.Name));

    private IEnumerable<Measurement<double>> ShowShares() =>
        from cluster in _teams.Posted
        from team in cluster.Value.ToShares()
        select new Measurement<double>(team.Share, new("cluster", cluster.Key), new("team", team.Name));

    private IEnumerable<Measurement<T>> Show<T>(Func<StatusTotals, T> amount)
        where T : struct =>
        from cluster in _clusters.Posted
        from status in Enumerable.Range(0, _statuses.Length)
        select new Measurement<T>(amount(cluster.Value.ByStatus[status]), new("cluster", cluster.Key), new("status", _statuses[status]));
}
