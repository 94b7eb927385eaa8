namespace OrleansCluster.Grains.Tasks.Validation;

internal static class DisconnectRules
{
    /// <param name="path">Of the object that has <c>onDisconnect</c>.</param>
    public static void Check(FaultList faults, string path, DisconnectPolicy policy)
    {
        if (!Enum.IsDefined(policy))
            faults.Add($"{path}/onDisconnect", $"{policy} is no way to meet a node that is cut off: expected stop or keep");
    }
}
