using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OrleansCluster.Grains.Storage.Sql;

internal sealed class NodeTable(Func<string, IRowStatement> prepare) : IDisposable
{
    private const string Values = "etag, status, cpu, memory, disk, claimed_cpu, claimed_memory, claimed_disk, attributes, runtime, registered_at, agent_version, extras, claimed_extras";

    // A node is written thousands of times with the same attributes.
    private static readonly ConditionalWeakTable<ImmutableSortedDictionary<string, string>, string> _attributes = [];

    private readonly IRowStatement _insert = prepare(RowStatements.Insert("node", Values + ", cluster, node"));

    private readonly IRowStatement _update = prepare(
        """
        UPDATE node SET etag = @etag, status = @status, cpu = @cpu, memory = @memory, disk = @disk, claimed_cpu = @claimed_cpu,
            claimed_memory = @claimed_memory, claimed_disk = @claimed_disk, attributes = @attributes, runtime = @runtime, registered_at = @registered_at,
            agent_version = @agent_version, extras = @extras, claimed_extras = @claimed_extras
        WHERE cluster = @cluster AND node = @node AND etag = @expected
        """);

    public string? Write(string cluster, NodeWrite write)
    {
        var row = write.Row;
        var status = EnumText<NodeStatus>.Of(row.Status);
        var (capacity, claimed) = (row.Capacity, row.Claimed);
        var attributes = _attributes.GetValue(row.Attributes, value => JsonSerializer.Serialize(value, StoreJson.Options));
        var (extras, claimedExtras) = (ExtraText.OfCapacity(row.ExtraCapacity), ExtraText.Of(row.ExtraClaimed));
        var written = write.ExpectedETag == 0
            ? _insert.Execute(
                row.ETag, status, capacity.Cpu, capacity.Memory, capacity.Disk, claimed.Cpu, claimed.Memory, claimed.Disk, attributes, row.Runtime,
                row.RegisteredAt.UtcTicks, row.AgentVersion, extras, claimedExtras, cluster, row.Node)
            : _update.Execute(
                row.ETag, status, capacity.Cpu, capacity.Memory, capacity.Disk, claimed.Cpu, claimed.Memory, claimed.Disk, attributes, row.Runtime,
                row.RegisteredAt.UtcTicks, row.AgentVersion, extras, claimedExtras, cluster, row.Node, write.ExpectedETag);
        return written == 1 ? null : Conflicts.Node(row.Node, write.ExpectedETag);
    }

    public void Dispose()
    {
        _insert.Dispose();
        _update.Dispose();
    }
}
