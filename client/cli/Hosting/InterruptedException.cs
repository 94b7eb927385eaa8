namespace OrleansCluster.Cli.Hosting;

/// <summary>The user pressed Ctrl-C; the message says what goes on all the same.</summary>
internal sealed class InterruptedException(string message) : Exception(message);
