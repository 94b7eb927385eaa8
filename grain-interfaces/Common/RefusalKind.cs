namespace OrleansCluster;

/// <summary>The classes of refusal, one HTTP status each: 400, 404, 409, 429.</summary>
[GenerateSerializer, Alias("ocs.RefusalKind")]
public enum RefusalKind
{
    Invalid,
    NotFound,
    Conflict,

    /// <summary>More calls than are taken from one caller; a later one is.</summary>
    Throttled,
}
