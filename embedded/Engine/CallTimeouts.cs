namespace OrleansCluster.Embedded;

/// <summary>
/// All calls that wait for an answer, in a list threaded through the calls themselves. One timer, armed for the earliest deadline,
/// walks the list; a timer a call would cost more than the call.
/// </summary>
internal sealed class CallTimeouts : IDisposable
{
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(50);
    private readonly Lock _lock = new();
    private readonly EmbeddedEngine _engine;
    private readonly ITimer _timer;
    private GrainCall? _first;
    private GrainCall? _last;
    private long _armedFor = long.MaxValue;

    internal CallTimeouts(EmbeddedEngine engine)
    {
        _engine = engine;
        _timer = engine.CreateTimer(Sweep, Timeout.InfiniteTimeSpan);
    }

    internal int Count { get; private set; }

    public void Dispose() => _timer.Dispose();

    internal void Add(GrainCall call)
    {
        var timeout = call.Method.ResponseTimeout ?? _engine.Options.ResponseTimeout;
        var now = _engine.Time.GetTimestamp();
        call.Deadline = now + Ticks(timeout);
        lock (_lock)
        {
            if (call.IsAnswered) return;

            call.Previous = _last;
            if (_last is null) _first = call;
            else _last.Next = call;
            _last = call;
            Count++;
            if (call.Deadline < _armedFor) Arm(call.Deadline, now);
        }
    }

    internal void Remove(GrainCall call)
    {
        lock (_lock)
        {
            if (call.Previous is null && call != _first) return;

            if (call.Previous is null) _first = call.Next;
            else call.Previous.Next = call.Next;
            if (call.Next is null) _last = call.Previous;
            else call.Next.Previous = call.Previous;
            call.Previous = call.Next = null;
            Count--;
        }
    }

    private void Sweep()
    {
        lock (_lock)
        {
            var now = _engine.Time.GetTimestamp();
            var earliest = long.MaxValue;
            for (var call = _first; call is not null; call = call.Next)
            {
                if (call.Deadline <= now) _engine.Queue.Enqueue(call);
                else earliest = Math.Min(earliest, call.Deadline);
            }

            _armedFor = long.MaxValue;
            if (earliest != long.MaxValue) Arm(earliest, now);
        }
    }

    /// <summary>Not more often than every few milliseconds, however many deadlines there are.</summary>
    private void Arm(long deadline, long now)
    {
        var wait = TimeSpan.FromSeconds((deadline - now) / (double)_engine.Time.TimestampFrequency);
        _armedFor = deadline;
        _timer.Change(wait < Grain ? Grain : wait, Timeout.InfiniteTimeSpan);
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _engine.Time.TimestampFrequency);
}
