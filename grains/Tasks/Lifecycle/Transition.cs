namespace OrleansCluster.Grains.Tasks.Lifecycle;

internal readonly record struct Transition(TaskState From, TaskState To, TransitionOwner Owner);
