namespace OrleansCluster.Silo.Agent;

/// <summary>The container runtime did not answer or failed on its own account; the call may be tried again.</summary>
public sealed class RuntimeUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
