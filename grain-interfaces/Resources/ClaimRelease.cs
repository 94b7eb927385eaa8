namespace OrleansCluster;

/// <summary>Gives back the claim of one task attempt. Releasing what is not there is no error: the answer is the same.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ClaimRelease")]
public readonly record struct ClaimRelease([property: Id(0)] string TaskId, [property: Id(1)] int Attempt)
{
    public string ClaimId => Claim.IdOf(TaskId, Attempt);
}
