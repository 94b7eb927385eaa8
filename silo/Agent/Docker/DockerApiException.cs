using System.Net;

namespace OrleansCluster.Silo.Agent.Docker;

/// <summary>The daemon answered with an error; <see cref="Exception.Message"/> is its own text.</summary>
internal sealed class DockerApiException(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>The daemon failed on its own account, rather than refused what was asked.</summary>
    public bool IsDaemonFault => (int)Status >= 500;
}
