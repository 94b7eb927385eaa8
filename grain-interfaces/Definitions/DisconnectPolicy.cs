using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>What becomes of a task's containers while their node is cut off from the cluster.</summary>
[GenerateSerializer, Alias("ocs.DisconnectPolicy"), JsonConverter(typeof(CamelCaseEnumConverter<DisconnectPolicy>))]
public enum DisconnectPolicy
{
    /// <summary>They are stopped before the task may begin elsewhere: one attempt at a time.</summary>
    Stop,

    /// <summary>
    /// They run on. Where the node is back in time they are found again; where it was declared lost, the next attempt has begun elsewhere meanwhile, beside them, and
    /// they are removed when the node is back. <c>OCS_EPOCH</c>, which is greater in a later attempt, is what the workload itself can tell the two by.
    /// </summary>
    Keep,
}
