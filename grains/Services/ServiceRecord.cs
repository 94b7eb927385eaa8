using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansCluster.Grains.Services.Autoscaling;

namespace OrleansCluster.Grains.Services;

/// <summary>What is stored of a service. What its tasks are at is stored with them.</summary>
internal sealed record ServiceRecord
{
    /// <summary>Deployments that have ended, and events, as many as are kept.</summary>
    public const int DeploymentsKept = 10;
    public const int EventsKept = 100;

    public required ServiceSpec Spec { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public bool IsDeleted { get; init; }

    /// <summary>The number of the newest task.</summary>
    public int Issued { get; init; }

    /// <summary>Those that some task or a deployment needs, the oldest first.</summary>
    public ImmutableArray<ServiceRevision> Revisions { get; init; } = [];

    /// <summary>The newest first; that one decides.</summary>
    public ImmutableArray<DeploymentRecord> Deployments { get; init; } = [];

    /// <summary>The revision that was last deployed to its end; 0 for none yet.</summary>
    public int Completed { get; init; }

    /// <summary>The one that was completed before, of another revision; 0 for none.</summary>
    public int CompletedBefore { get; init; }

    /// <summary>Of a service with autoscaling, once its count has changed.</summary>
    public ScalingRecord? Scaling { get; init; }
    public ImmutableArray<ServiceInstance> Instances { get; init; } = [];

    /// <summary>Those that the newest deployment has come to, and those before whose jobs have not ended.</summary>
    public ImmutableArray<HookRun> Hooks { get; init; } = [];
    public RebalancingRecord Rebalancing { get; init; } = new();

    /// <summary>The newest first.</summary>
    public ImmutableArray<ServiceEvent> Events { get; init; } = [];

    /// <summary>Of a record that was created.</summary>
    [JsonIgnore]
    public DeploymentRecord Primary => Deployments[0];

    public ServiceRevision Revision(int number) => Revisions.First(revision => revision.Number == number);

    public ServiceRecord With(DeploymentRecord primary) => this with { Deployments = Deployments.SetItem(0, primary) };

    public ServiceRecord Tell(DateTimeOffset now, string message) =>
        this with { Events = [new ServiceEvent { At = now, Message = message }, .. Events.Take(EventsKept - 1)] };
}
