namespace OrleansCluster.Silo.Agent;

/// <summary>At which step a container could not be brought up; each has ECS's word.</summary>
public enum ContainerFailure
{
    /// <summary>CannotPullContainerError: the image is not here and cannot be pulled.</summary>
    Image,

    /// <summary>CannotCreateContainerError: the runtime refused to create it, a refused mount above all.</summary>
    Create,

    /// <summary>CannotStartContainerError: a missing binary, a port in use.</summary>
    Start,
}
