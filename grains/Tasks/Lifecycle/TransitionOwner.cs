namespace OrleansCluster.Grains.Tasks.Lifecycle;

/// <summary>Who alone may take a task from one state to another.</summary>
internal enum TransitionOwner
{
    /// <summary>Decides: the task's grain.</summary>
    Manager,

    /// <summary>Observes: the agent of the node that holds the task's claim.</summary>
    Agent,
}
