namespace OrleansCluster.Client.Calls;

/// <summary>Ends the run of a scheduler; who has begun it is given the refusal.</summary>
internal sealed class FrameworkRefusedException(Refusal refusal) : Exception(refusal.Title)
{
    public Refusal Refusal { get; } = refusal;
}
