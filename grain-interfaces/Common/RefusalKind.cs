namespace OrleansCluster;

/// <summary>The classes of refusal, one HTTP status each: 400, 404, 409.</summary>
[GenerateSerializer, Alias("ocs.RefusalKind")]
public enum RefusalKind
{
    Invalid,
    NotFound,
    Conflict,
}
