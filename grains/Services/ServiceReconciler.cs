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
    /// <param name="nodes">For a daemon service, those that it goes to, in the order of their names; none for any other.</param>
    public static ServicePlan Plan(ServiceRecord record, IReadOnlyDictionary<int, ServiceTask> tasks, IReadOnlySet<int> leaving, ImmutableArray<string> nodes, DateTimeOffset now)
    {
        var sight = new ServiceSight(record.Spec, tasks, leaving, now);
        var limits = ServiceLimits.Of(record, nodes);
        var next = Forget(record, sight);
        if (record.IsDeleted)
            return new ServicePlan(WithInstances(next, next.Instances.Select(instance => Stop(instance, "Its service was deleted.", now))), [], Deregistration.NextOver(next, tasks, now));

        // First, since how far a deployment is hangs on what is left.
        var before = new Pass(next, sight, limits, nodes, new HashSet<int>());
        var givenUp = Moves.GivenUp(next, sight);
        var surplus = before.GiveUp(givenUp);
        next = DeploymentProgress.Advance(Moves.Settle(WithInstances(next, before.Instances), givenUp, sight), sight, limits);
        var pass = new Pass(next, sight, limits, nodes, surplus);
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
        one.Issued == other.Issued && one.Rebalancing == other.Rebalancing && one.Hooks == other.Hooks && one.Completed == other.Completed && one.Events == other.Events && one.Revisions == other.Revisions
        && one.Deployments.SequenceEqual(other.Deployments) && one.Instances.SequenceEqual(other.Instances);

    private static DateTimeOffset? NextLook(ServiceRecord record, ServiceSight sight, DateTimeOffset now)
    {
        var moments = record.Instances.Select(sight.HealthyAt)
            .Concat(record.Instances.Select(instance => instance.ProtectedUntil))
            .Concat(record.Instances.Select(instance => Moves.Deadline(record, sight, instance)))
            .Concat(record.Instances.Select(instance => sight.Find(instance) is { State: TaskState.Provisioning } task ? task.QueuedAt + _patience : (DateTimeOffset?)null));
        if (record.Primary is { IsUnderWay: true, Stage: DeploymentStage.BakeTime or DeploymentStage.CanaryBakeTime } primary)
            moments = moments.Append(primary.StageSince + TimeSpan.FromSeconds(record.Spec.DeploymentConfiguration.BakeTime));
        moments = moments.Concat(HookProgress.Pending(record).Select(run => (DateTimeOffset?)run.Until));
        return moments.Where(moment => moment > now).Min();
    }

    /// <summary>One look: the instances as they are changed by it.</summary>
    /// <param name="surplus">Slots that are given up; what is healthy there may have to stay for a while.</param>
    private sealed class Pass(ServiceRecord record, ServiceSight sight, ServiceLimits limits, ImmutableArray<string> nodes, IReadOnlySet<int> surplus)
    {
        private readonly bool _isDaemon = record.Spec.SchedulingStrategy == SchedulingStrategy.Daemon;

        /// <summary>Of a daemon, where the task of each slot belongs.</summary>
        private readonly Dictionary<int, string> _nodeOf = [];
        private readonly List<ServiceInstance> _instances = [.. record.Instances];
        private readonly HashSet<int> _canaries = [];
        private int _healthy = record.Instances.Count(sight.IsHealthy);

        public IEnumerable<ServiceInstance> Instances => _instances;
        public int Issued { get; private set; } = record.Issued;

        /// <summary>Stops what is there too much of, as far as the minimum allows.</summary>
        /// <returns>Slots in which nothing is to be started any more.</returns>
        public IReadOnlySet<int> GiveUp(ImmutableArray<Moves.GivenUpMove> moves)
        {
            foreach (var move in moves)
                StopAll(instance => instance.Number == move.Instance.Number, move.Reason);
            if (!_isDaemon)
                return GiveUpSlots();
            GiveUpNodes();
            return new HashSet<int>();
        }

        public void Run()
        {
            var slots = _isDaemon ? SlotsOfNodes() : Slots();
            if (record.Primary is { IsUnderWay: true, Stage: DeploymentStage.Canary or DeploymentStage.CanaryBakeTime or DeploymentStage.PostCanary })
                ChooseCanaries(slots);
            var bySlot = _instances.Where(instance => instance.Stopping is null).ToLookup(instance => instance.Slot);
            var empty = slots.Where(slot => Wanted(slot) > 0 && !surplus.Contains(slot) && !bySlot[slot].Any(instance => Satisfies(instance, slot))).ToList();
            foreach (var slot in slots)
                StopReplaced(slot, bySlot[slot]);
            var inOrder = empty.OrderBy(slot => bySlot[slot].Any(sight.IsHealthy)).ThenBy(slot => slot).ToList();
            var room = Math.Clamp(limits.Maximum - _instances.Count, 0, inOrder.Count);
            foreach (var slot in inOrder.Take(room))
                _instances.Add(new ServiceInstance(slot, ++Issued, Wanted(slot), record.Primary.Number) { Node = _nodeOf.GetValueOrDefault(slot) });
            MakeRoom(inOrder.Skip(room), bySlot);
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
            { IsGivenUp: true } or { IsUnderWay: true, Stage: DeploymentStage.PreScaleUp } => record.Completed,
            { IsUnderWay: true, Stage: DeploymentStage.Canary or DeploymentStage.CanaryBakeTime or DeploymentStage.PostCanary } primary => _canaries.Contains(slot) ? primary.Revision : record.Completed,
            var primary => primary.Revision,
        };

        /// <summary>Before a deployment starts anything, and after one has failed, or was stopped, without a roll-back, what has been healthy stays, whatever revision it is of; of two that are there beside each other it is the one that gets requests.</summary>
        private bool Satisfies(ServiceInstance instance, int slot) =>
            !sight.MustMove(instance) && (instance.Revision == Wanted(slot) || (record.Primary is { Strategy: not DeploymentStrategy.BlueGreen } and ({ IsGivenUp: true } or { Stage: DeploymentStage.PreScaleUp }) && instance.HealthyAttempt > 0));

        /// <summary>Slots that have one already stay with it, whatever becomes of the others.</summary>
        private void ChooseCanaries(ImmutableArray<int> slots)
        {
            _canaries.UnionWith(_instances.Where(instance => instance.Stopping is null && instance.Revision == record.Primary.Revision).Select(instance => instance.Slot));
            _canaries.UnionWith(slots.Where(slot => !_canaries.Contains(slot)).Take(Math.Max(0, DeploymentProgress.CanariesOf(record, limits) - _canaries.Count)).ToList());
        }

        private HashSet<int> GiveUpSlots()
        {
            var used = _instances.Where(instance => instance.Stopping is null).GroupBy(instance => instance.Slot).ToList();
            if (used.Count <= limits.Desired)
                return [];
            var slots = used.Select(slot => new ScaleIn.Slot(
                slot.Key,
                slot.Select(instance => sight.Find(instance)?.Node).FirstOrDefault(node => node is not null),
                slot.Any(sight.IsHealthy),
                slot.Any(sight.IsProtected)));
            var chosen = ScaleIn.Choose(slots, used.Count - limits.Desired).ToHashSet();
            foreach (var slot in chosen)
                StopAll(instance => instance.Slot == slot, "The service was scaled in.");
            return chosen;
        }

        private void GiveUpNodes()
        {
            var wanted = nodes.ToHashSet(StringComparer.Ordinal);
            StopAll(instance => !wanted.Contains(instance.Node!), "Its node is none of the service's any more.");
        }

        /// <summary>A node keeps its slot as long as a task of it is there.</summary>
        private ImmutableArray<int> SlotsOfNodes()
        {
            foreach (var instance in _instances.Where(instance => instance.Stopping is null))
                _nodeOf[instance.Slot] = instance.Node!;
            var taken = _nodeOf.Values.ToHashSet(StringComparer.Ordinal);
            var slot = 0;
            foreach (var node in nodes.Where(node => !taken.Contains(node)))
            {
                while (_nodeOf.ContainsKey(slot))
                    slot++;
                _nodeOf[slot] = node;
            }

            return [.. _nodeOf.Where(slot => nodes.BinarySearch(slot.Value, StringComparer.Ordinal) >= 0).Select(slot => slot.Key).Order()];
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
            var wanted = there.Where(instance => Satisfies(instance, slot)).MaxBy(instance => (sight.IsHealthy(instance), instance.Revision == Wanted(slot), instance.Number));
            foreach (var other in there.Where(other => other != wanted && !Moves.IsUnderWay(other, there, sight) && MayGo(other, wanted, there, slot)).ToList())
                StopAll(instance => instance == other, ReasonOf(other));
        }

        /// <summary>What has been replaced, and what has never served.</summary>
        private bool MayGo(ServiceInstance other, ServiceInstance? wanted, IEnumerable<ServiceInstance> there, int slot) => KeepsBoth && DeploymentProgress.Keeps(record, other.Revision)
            ? there.Any(twin => DeploymentProgress.Keeps(record, twin.Revision) && RankOf(twin).CompareTo(RankOf(other)) > 0 && sight.IsHealthy(twin))
            : ((wanted is not null && sight.IsHealthy(wanted)) || (other.Revision != Wanted(slot) && !IsBeforeAll && (KeepsBoth || other.HealthyAttempt == 0)));

        /// <summary>Nothing is started yet for the newest deployment, so nothing goes for it either.</summary>
        private bool IsBeforeAll => record.Primary is { IsUnderWay: true, Stage: DeploymentStage.PreScaleUp };

        /// <summary>Of several in one slot that have served, the highest stays.</summary>
        private (bool Stays, bool IsCompleted, int Number) RankOf(ServiceInstance instance) => (!sight.MustMove(instance), instance.Revision == record.Completed, instance.Number);

        /// <summary>With blue/green both revisions run until the new one has proved itself.</summary>
        private bool KeepsBoth => record.Primary is { IsUnderWay: true, Strategy: DeploymentStrategy.BlueGreen, Stage: DeploymentStage.ScaleUp or DeploymentStage.PostScaleUp or DeploymentStage.BakeTime or DeploymentStage.PostProductionTrafficShift };

        /// <summary>Where nothing more may be started, or finds no room, what is replaced stops first, as far as the minimum allows.</summary>
        private void MakeRoom(IEnumerable<int> empty, ILookup<int, ServiceInstance> bySlot)
        {
            var isFull = _instances.Count >= limits.Maximum && _instances.All(instance => instance.Stopping is null);
            if (KeepsBoth)
            {
                if (isFull)
                    StopAll(instance => sight.MustMove(instance) && !DeploymentProgress.Serves(record, instance.Revision), "Its place is needed for what replaces it.");
                return;
            }

            if (isFull && (limits.Maximum <= limits.Desired || !IsAnyBeginning()))
            {
                foreach (var slot in empty)
                    StopAll(instance => instance.Slot == slot, "Its place is needed for what replaces it.");
            }

            foreach (var slot in bySlot.Where(slot => slot.Any(instance => Satisfies(instance, slot.Key) && sight.Find(instance) is { State: TaskState.Provisioning } task && task.QueuedAt + _patience <= sight.Now)))
                StopAll(instance => instance.Slot == slot.Key && !Satisfies(instance, slot.Key), "Its place is needed for what replaces it.");
        }

        /// <summary>What takes others' places has not become healthy yet: its own places are waited for.</summary>
        private bool IsAnyBeginning() => _instances.Any(instance => instance.Stopping is null && instance.Revision == record.Primary.Revision && !sight.IsHealthy(instance));

        private string ReasonOf(ServiceInstance instance) => sight.MustMove(instance) ? "Its node is taken out of service, and another task has its place."
            : Moves.IsMoved(record, instance) ? "It was moved, so that the service's tasks are spread evenly."
            : record.Primary.Status == DeploymentStatus.Failed ? $"Deployment {record.Primary.Number} has failed."
            : record.Primary.Status == DeploymentStatus.Stopped ? $"Deployment {record.Primary.Number} was stopped."
            : $"Deployment {record.Primary.Number} has replaced it.";

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
