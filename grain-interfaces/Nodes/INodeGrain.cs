using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansCluster;

/// <summary>Liveness of one node, and the way between its agent and everybody else. Key: <see cref="GrainKeys.Node"/>.</summary>
[Alias("ocs.INodeGrain")]
public interface INodeGrain : IGrainWithStringKey
{
    /// <summary>Joins the cluster and opens a session. Refused when claims on the node exceed the capacity offered.</summary>
    [Alias("Register"), AlwaysInterleave]
    Task<Answer<NodeLease>> Register(NodeRegistration registration);

    [Alias("Renew"), AlwaysInterleave]
    Task<NodeLease> Renew(string session);

    /// <summary>The agent's long poll: answers when there is something newer than <paramref name="version"/>, at the latest after <paramref name="wait"/>.</summary>
    [Alias("Watch"), AlwaysInterleave, ResponseTimeout("00:01:30")]
    Task<NodeAssignment> Watch(string session, long version, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>
    /// Takes observations of task attempts to their tasks; one directive each, in their order. What has been answered is durable, and claims whose
    /// directive says <see cref="TaskDirective.Release"/> have been given back.
    /// </summary>
    [Alias("Report"), AlwaysInterleave]
    Task<ImmutableArray<TaskDirective>> Report(string session, ImmutableArray<TaskObservation> observations);

    /// <summary>From the cluster state: the node's claims have changed. May get lost or come out of order; the ETag tells.</summary>
    [Alias("ClaimsChanged"), OneWay, AlwaysInterleave]
    Task ClaimsChanged(NodeClaims claims);

    /// <summary>From a task: make its agent stop that attempt. Not durable: the task asks again until it has stopped.</summary>
    [Alias("StopTask"), AlwaysInterleave]
    Task StopTask(string taskId, int attempt);

    /// <summary>From a task: make its agent take a checkpoint of that attempt. Not durable: the task asks again until it is answered.</summary>
    /// <param name="request">The task's last request.</param>
    [Alias("Checkpoint"), AlwaysInterleave]
    Task Checkpoint(string taskId, int attempt, int request);

    /// <summary>Reads a container's log through the node's agent.</summary>
    [Alias("ReadLogs"), AlwaysInterleave, ResponseTimeout("00:01:30")]
    Task<Answer<LogChunk>> ReadLogs(LogRequest request, CancellationToken cancellationToken);

    /// <summary>From the agent: the answer to one of <see cref="NodeAssignment.LogRequests"/>.</summary>
    [Alias("AnswerLogs"), AlwaysInterleave]
    Task AnswerLogs(string requestId, LogChunk chunk);

    /// <summary>Wakes the node after a restart of the manager, so that its lease is watched again.</summary>
    [Alias("Ensure"), AlwaysInterleave]
    Task Ensure();
}
