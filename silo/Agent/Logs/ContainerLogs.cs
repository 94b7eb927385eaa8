using OrleansCluster.Grains.Runtime;
using OrleansCluster.Silo.Agent.Supervision;

namespace OrleansCluster.Silo.Agent.Logs;

/// <summary>
/// The logs of a node's containers, as files that outlive them: <c>logs/TASK/ATTEMPT/CONTAINER.ndjson</c>. A live container's log is copied
/// from the first time that somebody asks for it, every other one once, before its container is removed.
/// </summary>
internal sealed partial class ContainerLogs(AgentOptions options, IContainerRuntime runtime, LoopRunner loops, TimeProvider clock, ILogger logger)
{
    private const int PumpsAtMost = 256;
    private const int LinesAtMost = 10_000;
    private static readonly TimeSpan _startPoll = TimeSpan.FromMilliseconds(200);

    private readonly string? _root = options.DataDirectory is { } folder ? Path.Combine(folder, "logs") : null;
    private readonly Lock _lock = new();
    private readonly Dictionary<LogKey, LogPump> _pumps = [];
    private CancellationToken _stopping;

    /// <summary>Copies that are under way end with this token; what they had not finished is copied anew by the next agent.</summary>
    public void Begin(CancellationToken stopping) => _stopping = stopping;

    public Task Drain()
    {
        lock (_lock)
            return Task.WhenAll(_pumps.Values.Select(pump => pump.Running));
    }

    /// <summary>Returns once the whole log of a container that has ended is in its file.</summary>
    public async Task Save(LogKey key, string id, CancellationToken cancellationToken)
    {
        if (_root is not null && !File.Exists(FileOf(key)))
            await PumpOf(key, id, hasEnded: true).Completed.WaitAsync(cancellationToken);
    }

    /// <param name="find">Looks the container up anew; <see langword="null"/> when no task here has one of that name.</param>
    public async Task<LogChunk> Read(LogRequest request, Func<ContainerView?> find, CancellationToken cancellationToken)
    {
        var key = new LogKey(request.TaskId, request.Attempt, request.Container);
        if (!key.IsValid || request.From < 0)
            return Nothing(request, "There is no such log", isEnd: true);
        if (_root is null)
            return Nothing(request, "This node keeps no logs", isEnd: true);
        var since = clock.GetTimestamp();
        LogPump? pump = null;
        while (true)
        {
            var growth = pump?.Growth.Count ?? 0;
            var isComplete = pump is { IsComplete: true };
            if (ReadFile(FileOf(key), request, isWhole: true) is { } saved)
                return saved;
            if (isComplete)
                return Nothing(request, "The container wrote nothing", isEnd: true);
            var remaining = request.Wait - clock.GetElapsedTime(since);
            pump ??= Following(key);
            if (pump is null)
            {
                var view = find();
                if (Refusal(view) is { } refusal)
                    return refusal(request);
                if (view is { Id: { } id, Status: ContainerStatus.Running or ContainerStatus.Stopped })
                {
                    if (IsBusy())
                        return Nothing(request, "Too many logs of this node are being followed", isEnd: false);
                    pump = PumpOf(key, id, hasEnded: view.Status == ContainerStatus.Stopped);
                    continue;
                }

                if (remaining <= TimeSpan.Zero)
                    return Nothing(request, $"Container {request.Container} has not started yet", isEnd: false);
                await Task.Delay(remaining < _startPoll ? remaining : _startPoll, clock, cancellationToken);
                continue;
            }

            var piece = ReadFile(LogWriter.PartOf(FileOf(key)), request, isWhole: false);
            if (piece is { Lines.IsEmpty: false })
                return piece;
            if (remaining <= TimeSpan.Zero && !pump.IsComplete)
                return piece ?? Nothing(request, note: null, isEnd: false);
            if (!pump.IsComplete)
                await pump.Growth.Wait(growth, remaining, cancellationToken);
        }
    }

    /// <summary>Removes the oldest logs of tasks that are no longer here.</summary>
    public void Prune(Func<string, bool> isInUse)
    {
        if (!Directory.Exists(_root))
            return;
        var oldest = clock.GetUtcNow().UtcDateTime - options.LogAge;
        var ended = new DirectoryInfo(_root).GetDirectories().OrderByDescending(task => task.LastWriteTimeUtc);
        foreach (var task in ended.Where((task, index) => (index >= options.LogTasks || task.LastWriteTimeUtc < oldest) && !isInUse(task.Name)))
        {
            task.Delete(recursive: true);
            LogPruned(logger, task.Name);
        }
    }

    private static Func<LogRequest, LogChunk>? Refusal(ContainerView? view) => view switch
    {
        null => request => Nothing(request, "The container never ran on this node, wrote nothing, or its log has been removed", isEnd: true),
        { Status: ContainerStatus.Stopped, Failure: { } failure } => request => Nothing(request, failure, isEnd: true),
        { Status: ContainerStatus.Stopped, Id: null } => request => Nothing(request, "The container never started", isEnd: true),
        { Vanished: true } => request => Nothing(request, view.Reason, isEnd: true),
        _ => null,
    };

    private static LogChunk? ReadFile(string path, LogRequest request, bool isWhole) =>
        LogFile.Read(path, request.From, Math.Clamp(request.Limit, 1, LinesAtMost)) is { } piece
            ? new LogChunk { Lines = piece.Lines, Next = piece.Next, IsEnd = isWhole && piece.AtEnd }
            : null;

    private static LogChunk Nothing(LogRequest request, string? note, bool isEnd) => new() { Lines = [], Next = request.From, IsEnd = isEnd, Note = note };

    private string FileOf(LogKey key) => Path.Combine(_root!, key.Path + ".ndjson");

    private LogPump? Following(LogKey key)
    {
        lock (_lock)
            return _pumps.GetValueOrDefault(key);
    }

    private bool IsBusy()
    {
        lock (_lock)
            return _pumps.Count >= PumpsAtMost;
    }

    private LogPump PumpOf(LogKey key, string id, bool hasEnded)
    {
        LogPump pump;
        lock (_lock)
        {
            foreach (var (ended, _) in _pumps.Where(entry => entry.Value.IsComplete))
                _pumps.Remove(ended);
            if (_pumps.TryGetValue(key, out var known))
                return known;
            pump = new LogPump(id, hasEnded, new LogWriter(FileOf(key), options.LogBytes), runtime, loops, clock);
            _pumps.Add(key, pump);
        }

        pump.Start(_stopping);
        return pump;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Removed the logs of task {Task}")]
    private static partial void LogPruned(ILogger logger, string task);
}
