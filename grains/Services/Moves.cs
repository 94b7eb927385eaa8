using System.Collections.Immutable;

namespace OrleansCluster.Grains.Services;

/// <summary>
/// Moves that are under way. A move is a second task in the slot of the first, bound to another node for its first attempt: it claims, starts and becomes healthy, and only then the first one
/// goes, as what is replaced does. Whatever goes wrong before that, the second one goes instead, and nothing has happened.
/// </summary>
internal static class Moves
{
    /// <summary>For a node that had room when the move was planned.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <summary>Images may have to be fetched.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _firstPause = TimeSpan.FromMinutes(1);
    private const int MostDoublings = 3;

    /// <summary>Not healthy yet, beside the one that it is moved from: either may stay.</summary>
    public static bool IsUnderWay(ServiceInstance instance, IEnumerable<ServiceInstance> there, ServiceSight sight) =>
        instance.MovedFrom is { } from && !sight.IsHealthy(instance) && there.Any(other => other.Number == from && other.Stopping is null);

    /// <summary>Another task is there to take its place.</summary>
    public static bool IsMoved(ServiceRecord record, ServiceInstance instance) => record.Instances.Any(other => other.MovedFrom == instance.Number && other.Stopping is null);

    /// <summary>How many there are, until what they move from has stopped.</summary>
    public static int Count(ServiceRecord record) => record.Instances.Count(instance => instance.MovedFrom is { } from && record.Instances.Any(other => other.Number == from));

    /// <summary>Replacements that are not to take the others' places any more, and why.</summary>
    public static ImmutableArray<GivenUpMove> GivenUp(ServiceRecord record, ServiceSight sight)
    {
        var givenUp = ImmutableArray.CreateBuilder<GivenUpMove>();
        foreach (var instance in record.Instances.Where(instance => instance.Stopping is null))
        {
            if (From(record, instance) is { } old && ReasonToGiveUp(record, sight, instance, old) is { } reason)
                givenUp.Add(new GivenUpMove(instance, reason, !sight.IsHealthy(instance) && IsLate(sight, instance)));
        }

        return givenUp.ToImmutable();
    }

    /// <summary>Counts what came to nothing by itself, so that it is not tried again at each look; one that has succeeded ends that.</summary>
    public static ServiceRecord Settle(ServiceRecord record, ImmutableArray<GivenUpMove> givenUp, ServiceSight sight)
    {
        var known = record.Rebalancing;
        if (givenUp.FirstOrDefault(move => move.IsFailure) is { } failed)
        {
            var pause = _firstPause * (1 << Math.Min(known.GivenUp, MostDoublings));
            var next = record with { Rebalancing = known with { GivenUp = known.GivenUp + 1, NotBefore = sight.Now + pause, IsAsked = false } };
            return next.Tell(sight.Now, $"A task was not moved to node {failed.Instance.FirstNode}: {failed.Reason} None is moved for {pause.TotalMinutes:0} min.");
        }

        var hasMoved = known.GivenUp > 0 && record.Instances.Any(instance => instance.MovingSince > known.NotBefore && sight.IsHealthy(instance));
        return hasMoved ? record with { Rebalancing = known with { GivenUp = 0, NotBefore = null } } : record;
    }

    /// <summary>When it is given up if nothing happens.</summary>
    public static DateTimeOffset? Deadline(ServiceRecord record, ServiceSight sight, ServiceInstance instance) =>
        instance is { Stopping: null, MovingSince: { } since } && From(record, instance) is not null && !sight.IsHealthy(instance) ? since + (IsPlaced(sight, instance) ? _longest : _patience) : null;

    private static ServiceInstance? From(ServiceRecord record, ServiceInstance instance) =>
        instance.MovedFrom is { } number ? record.Instances.FirstOrDefault(other => other.Number == number && other.Stopping is null) : null;

    private static string? ReasonToGiveUp(ServiceRecord record, ServiceSight sight, ServiceInstance instance, ServiceInstance from)
    {
        if (sight.IsProtected(from))
            return "The task that it was moved from is protected now.";
        if (sight.IsHealthy(instance))
            return null;
        if (record.Primary.Status != DeploymentStatus.Completed)
            return "A deployment is under way.";
        if (sight.MustMove(instance) || (sight.MustMove(from) && !IsPlaced(sight, instance)))
            return "A node is taken out of service.";
        return IsLate(sight, instance) ? IsPlaced(sight, instance) ? "It did not become healthy." : "It found no room there." : null;
    }

    /// <summary>Its first attempt alone is bound to the node.</summary>
    private static bool IsLate(ServiceSight sight, ServiceInstance instance) =>
        sight.Find(instance) is { Attempt: > 1 } || instance.MovingSince + (IsPlaced(sight, instance) ? _longest : _patience) <= sight.Now;

    private static bool IsPlaced(ServiceSight sight, ServiceInstance instance) => sight.Find(instance) is { State: not TaskState.Provisioning };

    /// <param name="IsFailure">Not for what else has happened, but since it came to nothing.</param>
    internal sealed record GivenUpMove(ServiceInstance Instance, string Reason, bool IsFailure);
}
