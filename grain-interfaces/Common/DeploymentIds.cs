namespace OrleansCluster;

/// <summary>What silos and Orleans clients of one deployment call it. Deployments are told apart by their databases, so these are fixed.</summary>
public static class DeploymentIds
{
    /// <summary>Orleans's ClusterId: the silos that form one membership.</summary>
    public const string Cluster = "ocs";

    /// <summary>Orleans's ServiceId: whose state and reminders are whose.</summary>
    public const string Service = "ocs";
}
