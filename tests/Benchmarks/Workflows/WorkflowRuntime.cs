namespace OrleansCluster.Benchmarks.Workflows;

internal enum WorkflowRuntime
{
    Simulated,
    Docker,
}
