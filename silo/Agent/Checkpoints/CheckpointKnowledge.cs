namespace OrleansCluster.Silo.Agent.Checkpoints;

/// <summary>What one supervisor has heard of its task's checkpoints, from any thread. Answers overtake one another, so each number only grows.</summary>
internal sealed class CheckpointKnowledge
{
    private readonly Lock _lock = new();
    private CheckpointOrders? _orders;
    private bool? _beforeStop;
    private int _asked;

    /// <summary><see langword="null"/> until the manager has said anything.</summary>
    public CheckpointOrders? Orders
    {
        get
        {
            lock (_lock)
                return _orders is null ? null : _orders with { Requested = Math.Max(_orders.Requested, _asked) };
        }
    }

    /// <summary>Whether a stop that was asked for wants a checkpoint first; <see langword="null"/> until the manager has said so.</summary>
    public bool? BeforeStop
    {
        get
        {
            lock (_lock)
                return _beforeStop;
        }
    }

    public void Hear(TaskDirective directive)
    {
        lock (_lock)
        {
            if (directive.Desired == DesiredStatus.Stopped)
                _beforeStop = directive.Checkpoints?.BeforeStop ?? false;
        }

        Hear(directive.Checkpoints);
    }

    public void Hear(CheckpointOrders? orders)
    {
        lock (_lock)
        {
            if (orders is null || _orders is not { } known)
            {
                _orders = orders ?? _orders;
                return;
            }

            var newer = orders.Newest >= known.Newest ? orders : known;
            _orders = newer with { Requested = Math.Max(orders.Requested, known.Requested), Answered = Math.Max(orders.Answered, known.Answered) };
        }
    }

    /// <summary>Whether it was news.</summary>
    public bool Ask(int number)
    {
        lock (_lock)
        {
            if (number <= _asked)
                return false;
            _asked = number;
            return true;
        }
    }
}
