using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>What a registration makes of a node's row, and when it is refused.</summary>
internal static class NodeChanges
{
    /// <summary>A node never comes back smaller than what is claimed on it: those claims could not be honoured.</summary>
    public static ImmutableArray<Fault> FaultsOf(NodeRegistration registration, Resources claimed, ExtraClaim? extraClaimed)
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        Compare("cpu", "millicores", registration.Capacity.Cpu, claimed.Cpu);
        Compare("memory", "MiB", registration.Capacity.Memory, claimed.Memory);
        Compare("disk", "MiB", registration.Capacity.Disk, claimed.Disk);
        faults.AddRange(ExtraFaults.Of(registration, extraClaimed));
        return faults.ToImmutable();

        void Compare(string dimension, string unit, int offered, int taken)
        {
            if (offered < 0)
                faults.Add(new Fault($"/capacity/{dimension}", $"{offered} {unit} offered; expected 0 or more"));
            else if (offered < taken)
                faults.Add(new Fault($"/capacity/{dimension}", $"{offered} {unit} offered, but {taken} {unit} are claimed on the node; drain it first"));
        }
    }

    public static NodeRow Register(NodeRegistration registration, NodeRow? before, DateTimeOffset now) => new()
    {
        Node = registration.Node,
        ETag = 0,
        Status = before?.Status == NodeStatus.Draining ? NodeStatus.Draining : NodeStatus.Active,
        Capacity = registration.Capacity,
        Claimed = default,
        Attributes = registration.Address == "" ? registration.Attributes : registration.Attributes.SetItem(NodeSnapshot.AddressAttribute, registration.Address),
        Runtime = registration.Runtime,
        RegisteredAt = before is { RegisteredAt: var at } && at != default ? at : now,
        AgentVersion = registration.AgentVersion,
        ExtraCapacity = registration is { Gpus.IsEmpty: true, Amounts.IsEmpty: true } ? null : new ExtraCapacity { Gpus = registration.Gpus, Amounts = registration.Amounts },
    };

    public static bool AreSame(NodeRow row, NodeRow before) =>
        row.Status == before.Status && row.Capacity == before.Capacity && row.Runtime == before.Runtime && row.RegisteredAt == before.RegisteredAt
        && row.AgentVersion == before.AgentVersion && row.ExtraCapacity == before.ExtraCapacity
        && row.Attributes.SequenceEqual(before.Attributes);
}
