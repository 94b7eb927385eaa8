namespace OrleansCluster.Silo.Agent;

/// <summary>The runtime refused a container for a reason that trying again will not change.</summary>
public sealed class ContainerException(ContainerFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public ContainerFailure Failure { get; } = failure;

    /// <summary>The reason as it stands in the task: ECS's word and the runtime's message.</summary>
    public string Reason => $"{Word}: {Message}";

    private string Word => Failure switch
    {
        ContainerFailure.Image => "CannotPullContainerError",
        ContainerFailure.Create => "CannotCreateContainerError",
        _ => "CannotStartContainerError",
    };
}
