namespace OrleansCluster.Silo.Api;

/// <summary>One of the things that a silo needs in order to answer; <c>/readyz</c> asks all that are registered.</summary>
public interface IReadiness
{
    /// <summary>What is in the way, in words; <see langword="null"/> where nothing is.</summary>
    Task<string?> FindObstacle(CancellationToken cancellationToken);
}
