using System.Collections.Immutable;

namespace OrleansCluster.Tests.Unit.Agent;

/// <summary>A node grain that does as the test says: hands out claims, answers reports, grants or withholds the lease.</summary>
internal sealed class FakeNode(TimeProvider clock) : INodeGrain
{
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _watchers = [];
    private readonly Dictionary<string, Claim> _claims = [];
    private readonly HashSet<string> _stopping = [];
    private readonly List<TaskObservation> _observations = [];
    private readonly List<LogRequest> _logRequests = [];
    private readonly Dictionary<string, TaskCompletionSource<LogChunk>> _logAnswers = [];
    private readonly List<CheckpointRequest> _checkpoints = [];
    private long _version = 1;
    private int _requests;

    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Calls fail as if the silo could not be reached.</summary>
    public bool IsUnreachable { get; set; }

    /// <summary>Another agent takes each session away as soon as it has begun.</summary>
    public bool EndsSessionsAtOnce { get; set; }

    /// <summary>Assignments that told an agent that its session is over.</summary>
    public int Refusals { get; private set; }

    /// <summary>Release of a claim takes effect at once where the task reports its end.</summary>
    public bool ReleasesOnStop { get; set; } = true;

    /// <summary>So many reports are lost on their way.</summary>
    public int ReportsToLose { get; set; }
    public HashSet<string> Refused { get; } = [];
    public string? Session { get; private set; }
    public List<NodeRegistration> Registrations { get; } = [];
    public List<int> ReportSizes { get; } = [];
    public int Renewals { get; private set; }

    public ImmutableArray<TaskObservation> ObservationsOf(Claim claim)
    {
        lock (_lock)
            return [.. _observations.Where(observation => Claim.IdOf(observation.TaskId, observation.Attempt) == claim.Id)];
    }

    public TaskObservation? LastOf(Claim claim) => ObservationsOf(claim).LastOrDefault();

    public void Assign(params Claim[] claims) => Change(() =>
    {
        foreach (var claim in claims)
            _claims[claim.Id] = claim;
    });

    public void Unassign(Claim claim) => Change(() => _claims.Remove(claim.Id));

    public void Stop(Claim claim) => Change(() => _stopping.Add(claim.Id));

    /// <summary>Somebody wants a checkpoint.</summary>
    public void Ask(Claim claim, int request) => Change(() => _checkpoints.Add(new CheckpointRequest(claim.Id, request)));

    /// <summary>What directives say of checkpoints.</summary>
    public Func<CheckpointOrders>? Orders { get; set; }

    /// <summary>Another agent takes the node over, or the manager declares it lost.</summary>
    public void EndSession() => Change(() => Session = null);

    public Task<LogChunk> Ask(Claim claim, string container, long from, int limit, TimeSpan wait)
    {
        var answer = new TaskCompletionSource<LogChunk>(TaskCreationOptions.RunContinuationsAsynchronously);
        Change(() =>
        {
            var id = $"r{++_requests}";
            _logAnswers[id] = answer;
            _logRequests.Add(new LogRequest { RequestId = id, TaskId = claim.TaskId, Attempt = claim.Attempt, Container = container, From = from, Limit = limit, Wait = wait });
        });
        return answer.Task;
    }

    Task INodeGrain.Checkpoint(string taskId, int attempt, int request) => Task.CompletedTask;

    public async Task<Answer<NodeLease>> Register(NodeRegistration registration)
    {
        await Task.CompletedTask;
        Reach();
        lock (_lock)
        {
            Session = EndsSessionsAtOnce ? null : registration.Session;
            Registrations.Add(registration);
        }

        return new NodeLease { Session = registration.Session, Duration = Lease, IsHeld = true };
    }

    public async Task<NodeLease> Renew(string session)
    {
        await Task.CompletedTask;
        Reach();
        Renewals++;
        return new NodeLease { Session = session, Duration = Lease, IsHeld = session == Session };
    }

    public async Task<NodeAssignment> Watch(string session, long version, TimeSpan wait, CancellationToken cancellationToken)
    {
        Reach();
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (version != _version)
                waiter.SetResult();
            else
                _watchers.Add(waiter);
        }

        try
        {
            await waiter.Task.WaitAsync(wait, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // As long as asked for.
        }

        if (session != Session)
            Refusals++;
        lock (_lock)
            return new NodeAssignment { Version = _version, Claims = [.. _claims.Values], Stopping = [.. _stopping], LogRequests = [.. _logRequests], Checkpoints = [.. _checkpoints], IsHeld = session == Session };
    }

    public async Task<ImmutableArray<TaskDirective>> Report(string session, ImmutableArray<TaskObservation> observations)
    {
        await Task.CompletedTask;
        Reach();
        if (ReportsToLose-- > 0)
            throw new TimeoutException("The report got lost.");
        if (session != Session)
            return [];
        lock (_lock)
        {
            ReportSizes.Add(observations.Length);
            _observations.AddRange(observations);
        }

        return [.. observations.Select(Direct)];
    }

    public async Task AnswerLogs(string requestId, LogChunk chunk)
    {
        await Task.CompletedTask;
        lock (_lock)
            _logRequests.RemoveAll(request => request.RequestId == requestId);
        _logAnswers[requestId].SetResult(chunk);
    }

    public Task ClaimsChanged(NodeClaims claims) => throw new NotSupportedException();

    public Task StopTask(string taskId, int attempt) => throw new NotSupportedException();

    public Task<Answer<LogChunk>> ReadLogs(LogRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task Ensure() => throw new NotSupportedException();

    private TaskDirective Direct(TaskObservation observation)
    {
        var id = Claim.IdOf(observation.TaskId, observation.Attempt);
        if (observation.State == TaskState.Stopped && ReleasesOnStop)
        {
            Change(() => _claims.Remove(id));
            return new TaskDirective(DesiredStatus.Stopped, Release: true);
        }

        lock (_lock)
        {
            return new TaskDirective(Refused.Contains(id) || _stopping.Contains(id) ? DesiredStatus.Stopped : DesiredStatus.Running, Release: false)
            {
                Checkpoints = Orders?.Invoke(),
            };
        }
    }

    private void Reach()
    {
        if (IsUnreachable)
            throw new IOException("The node grain cannot be reached.");
    }

    private void Change(Action change)
    {
        TaskCompletionSource[] watchers;
        lock (_lock)
        {
            change();
            _version++;
            watchers = [.. _watchers];
            _watchers.Clear();
        }

        foreach (var watcher in watchers)
            watcher.TrySetResult();
    }
}
