using System.Collections.Immutable;

namespace OrleansCluster.Grains.Services;

/// <summary>
/// What a service has to do next, from what is stored of it, what is known of its tasks, and the time: pure, and as often as anybody likes. Each slot is to have one task of the
/// revision wanted there. What takes another's place is started before that one is stopped, where the maximum allows; and nothing healthy is stopped where fewer than the
/// minimum would be left.
/// </summary>
internal static class ServiceReconciler
{
    /// <summary>A replacement that has found no node for so long may want the room of what it replaces.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <param name="tasks">By number; what is missing has not been started, so far as is known.</param>
    /// <param name="leaving">Numbers of tasks the nodes of which are taken out of service.</param>
    public static ServicePlan Plan(ServiceRecord record, IReadOnlyDictionary<int, ServiceTask> tasks, IReadOnlySet<int> leaving, DateTimeOffset now)
    {
        var sight = new ServiceSight(record.Spec, tasks, leaving, now);
        var limits = ServiceLimits.Of(record.Spec.DeploymentConfiguration, record.IsDeleted ? 0 : record.Spec.DesiredCount);
        var next = Forget(record, sight);
        if (record.IsDeleted)
            return new ServicePlan(WithInstances(next, next.Instances.Select(instance => Stop(instance, "Its service was deleted.", now))), [], Deregistration.NextOver(next, tasks, now));
        next = DeploymentProgress.Advance(next, sight, limits);
        var pass = new Pass(next, sight, limits);
        pass.Run();
        next = WithInstances(next, pass.Instances) with { Issued = pass.Issued };
        next = next with { Revisions = Needed(next) };
        return new ServicePlan(ContentEquals(record, next) ? record : next, pass.Evicted(), Earlier(NextLook(next, sight, now), Deregistration.NextOver(next, tasks, now)));
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other || other is null ? one : other;

    private static ServiceInstance Stop(ServiceInstance instance, string reason, DateTimeOffset now) => instance.Stopping is null ? instance with { Stopping = reason, StoppingSince = now } : instance;

    /// <summary>What has stopped is no more; its failures stay with its deployment.</summary>
    private static ServiceRecord Forget(ServiceRecord record, ServiceSight sight)
    {
        var gone = record.Instances.Where(sight.HasStopped).ToList();
        if (gone.Count == 0)
            return record;
        var failures = record.IsDeleted ? 0 : gone.Where(instance => instance.Deployment == record.Primary.Number).Sum(instance => sight.Find(instance)!.Failures);
        var next = record with { Instances = [.. record.Instances.Where(instance => !sight.HasStopped(instance))] };
        return failures == 0 ? next : next.With(next.Primary with { FailuresOfGone = next.Primary.FailuresOfGone + failures });
    }

    private static ServiceRecord WithInstances(ServiceRecord record, IEnumerable<ServiceInstance> instances)
    {
        ImmutableArray<ServiceInstance> all = [.. instances];
        return all.SequenceEqual(record.Instances) ? record : record with { Instances = all };
    }

    private static ImmutableArray<ServiceRevision> Needed(ServiceRecord record)
    {
        var needed = record.Instances.Select(instance => instance.Revision).Append(record.Primary.Revision).Append(record.Completed).Append(record.CompletedBefore).ToHashSet();
        return record.Revisions.All(revision => needed.Contains(revision.Number)) ? record.Revisions : record.Revisions.RemoveAll(revision => !needed.Contains(revision.Number));
    }

    private static bool ContentEquals(ServiceRecord one, ServiceRecord other) =>
        one.Issued == other.Issued && one.Completed == other.Completed && one.Events == other.Events && one.Revisions == other.Revisions
        && one.Deployments.SequenceEqual(other.Deployments) && one.Instances.SequenceEqual(other.Instances);

    private static DateTimeOffset? NextLook(ServiceRecord record, ServiceSight sight, DateTimeOffset now)
    {
        var moments = record.Instances.Select(sight.HealthyAt)
            .Concat(record.Instances.Select(instance => instance.ProtectedUntil))
            .Concat(record.Instances.Select(instance => sight.Find(instance) is { State: TaskState.Provisioning } task ? task.QueuedAt + _patience : (DateTimeOffset?)null));
        if (record.Primary is { IsUnderWay: true, Stage: DeploymentStage.BakeTime or DeploymentStage.CanaryBakeTime } primary)
            moments = moments.Append(primary.StageSince + TimeSpan.FromSeconds(record.Spec.DeploymentConfiguration.BakeTime));
        return moments.Where(moment => moment > now).Min();
    }

    /// <summary>One look: the instances as they are changed by it.</summary>
    private sealed class Pass(ServiceRecord record, ServiceSight sight, ServiceLimits limits)
    {
        private readonly List<ServiceInstance> _instances = [.. record.Instances];
        private readonly HashSet<int> _canaries = [];
        private int _healthy = record.Instances.Count(sight.IsHealthy);

        public IEnumerable<ServiceInstance> Instances => _instances;
        public int Issued { get; private set; } = record.Issued;

        public void Run()
        {
            GiveUpSlots();
            var slots = Slots();
            if (record.Primary is { IsUnderWay: true, Stage: DeploymentStage.Canary or DeploymentStage.CanaryBakeTime })
                _canaries.UnionWith(slots.Take(DeploymentProgress.CanariesOf(record, limits)));
            var bySlot = _instances.Where(instance => instance.Stopping is null).ToLookup(instance => instance.Slot);
            var empty = slots.Where(slot => Wanted(slot) > 0 && !bySlot[slot].Any(instance => Satisfies(instance, slot))).ToList();
            foreach (var slot in slots)
                StopReplaced(slot, bySlot[slot]);
            MakeRoom(empty, bySlot);
            foreach (var slot in empty.OrderBy(slot => bySlot[slot].Any(sight.IsHealthy)).ThenBy(slot => slot).Take(Math.Max(0, limits.Maximum - _instances.Count)))
                _instances.Add(new ServiceInstance(slot, ++Issued, Wanted(slot), record.Primary.Number));
        }

        /// <summary>Tasks whose health check fails begin anew, some at a time: what they all hang on may be what is ill.</summary>
        public ImmutableArray<int> Evicted()
        {
            var unwell = _instances.Where(sight.IsUnwell).ToList();
            var beginning = _instances.Count(instance => instance.Stopping is null && !sight.IsHealthy(instance)) - unwell.Count;
            var room = Math.Max(1, Math.Max(limits.Desired - limits.Minimum, limits.Maximum - limits.Desired)) - beginning;
            return [.. unwell.Take(Math.Max(0, room)).Select(instance => instance.Number)];
        }

        /// <summary>The revision that a slot is to have; 0 where nothing is to be started there.</summary>
        private int Wanted(int slot) => record.Primary switch
        {
            { Status: DeploymentStatus.Failed } => record.Completed,
            { IsUnderWay: true, Stage: DeploymentStage.Canary or DeploymentStage.CanaryBakeTime } primary => _canaries.Contains(slot) ? primary.Revision : record.Completed,
            var primary => primary.Revision,
        };

        /// <summary>After a deployment has failed without a roll-back, what is there stays, whatever revision it is of.</summary>
        private bool Satisfies(ServiceInstance instance, int slot) =>
            !sight.MustMove(instance) && (instance.Revision == Wanted(slot) || (record.Primary.Status == DeploymentStatus.Failed && instance.HealthyAttempt > 0));

        private void GiveUpSlots()
        {
            var used = _instances.Where(instance => instance.Stopping is null).GroupBy(instance => instance.Slot).ToList();
            if (used.Count <= limits.Desired)
                return;
            var slots = used.Select(slot => new ScaleIn.Slot(
                slot.Key,
                slot.Select(instance => sight.Find(instance)?.Node).FirstOrDefault(node => node is not null),
                slot.Any(sight.IsHealthy),
                slot.Any(sight.IsProtected)));
            foreach (var slot in ScaleIn.Choose(slots, used.Count - limits.Desired))
                StopAll(instance => instance.Slot == slot, "The service was scaled in.");
        }

        /// <summary>The slots in use, and as many new ones as are missing: the lowest that are free.</summary>
        private ImmutableArray<int> Slots()
        {
            var slots = new SortedSet<int>(_instances.Where(instance => instance.Stopping is null).Select(instance => instance.Slot));
            for (var slot = 0; slots.Count < limits.Desired; slot++)
                slots.Add(slot);
            return [.. slots];
        }

        private void StopReplaced(int slot, IEnumerable<ServiceInstance> there)
        {
            var wanted = there.Where(instance => Satisfies(instance, slot)).MaxBy(instance => (sight.IsHealthy(instance), instance.Number));
            var isReplaced = wanted is not null && sight.IsHealthy(wanted);
            foreach (var other in there.Where(other => other != wanted).ToList())
            {
                // What has never served is in nobody's way, but for what it would cost to begin anew.
                if ((isReplaced && (!KeepsBoth || other.Revision == wanted!.Revision)) || (other.HealthyAttempt == 0 && other.Revision != Wanted(slot)))
                    StopAll(instance => instance == other, ReasonOf(other));
            }
        }

        /// <summary>With blue/green both revisions run until the new one has proved itself.</summary>
        private bool KeepsBoth => record.Primary is { IsUnderWay: true, Strategy: DeploymentStrategy.BlueGreen, Stage: DeploymentStage.ScaleUp or DeploymentStage.BakeTime };

        /// <summary>Where nothing more may be started, or finds no room, what is replaced stops first, as far as the minimum allows.</summary>
        private void MakeRoom(IEnumerable<int> empty, ILookup<int, ServiceInstance> bySlot)
        {
            if (KeepsBoth)
                return;
            if (_instances.Count >= limits.Maximum && _instances.All(instance => instance.Stopping is null))
            {
                foreach (var slot in empty)
                    StopAll(instance => instance.Slot == slot, "Its place is needed for what replaces it.");
            }

            foreach (var slot in bySlot.Where(slot => slot.Any(instance => sight.Find(instance) is { State: TaskState.Provisioning } task && task.QueuedAt + _patience <= sight.Now)))
                StopAll(instance => instance.Slot == slot.Key && !Satisfies(instance, slot.Key), "Its place is needed for what replaces it.");
        }

        private string ReasonOf(ServiceInstance instance) => sight.MustMove(instance) ? "Its node is taken out of service, and another task has its place." : $"Deployment {record.Primary.Number} has replaced it.";

        private void StopAll(Func<ServiceInstance, bool> which, string reason)
        {
            for (var i = 0; i < _instances.Count; i++)
            {
                var instance = _instances[i];
                if (instance.Stopping is not null || !which(instance))
                    continue;
                var isHealthy = sight.IsHealthy(instance);
                if (isHealthy && _healthy - 1 < limits.Minimum)
                    continue;
                _healthy -= isHealthy ? 1 : 0;
                _instances[i] = Stop(instance, reason, sight.Now);
            }
        }
    }
}
