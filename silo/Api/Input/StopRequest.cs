namespace OrleansCluster.Silo.Api.Input;

internal sealed record StopRequest
{
    public const int LongestReason = 1000;

    public static StopRequest ByUser { get; } = new();

    /// <summary>For people, 1 to 1000 characters.</summary>
    public string Reason { get; init; } = "Stopped by a user";
}
