namespace OrleansCluster.Silo.Api.Problems;

/// <summary>The classes of problems (RFC 9457). The name is stable: clients may decide by it.</summary>
internal sealed record ProblemKind(string Name, int Status, string Title)
{
    public static ProblemKind InvalidInput { get; } = new("invalid-input", 400, "The input has faults");
    public static ProblemKind InvalidQuery { get; } = new("invalid-query", 400, "The query has faults");
    public static ProblemKind MalformedJson { get; } = new("malformed-json", 400, "The body is not JSON");
    public static ProblemKind BadRequest { get; } = new("bad-request", 400, "The request cannot be understood");
    public static ProblemKind TokenMissing { get; } = new("token-missing", 401, "The call does not say whose it is");
    public static ProblemKind WrongToken { get; } = new("wrong-token", 403, "The token is not the one of the registration");
    public static ProblemKind UntrustedOrigin { get; } = new("untrusted-origin", 403, "Pages of other origins may not use this API");
    public static ProblemKind NotFound { get; } = new("not-found", 404, "There is no such thing");
    public static ProblemKind NoSuchRoute { get; } = new("no-such-route", 404, "There is no such route");
    public static ProblemKind MethodNotAllowed { get; } = new("method-not-allowed", 405, "The route does not take this method");
    public static ProblemKind Conflict { get; } = new("conflict", 409, "It contradicts what is there");
    public static ProblemKind BodyTooLarge { get; } = new("body-too-large", 413, "The body is too large");
    public static ProblemKind UnsupportedMediaType { get; } = new("unsupported-media-type", 415, "The body is not declared as JSON");
    public static ProblemKind UntrustedHost { get; } = new("untrusted-host", 421, "The request is addressed to another host");
    public static ProblemKind TooManyRequests { get; } = new("too-many-requests", 429, "More calls than are taken from one caller");
    public static ProblemKind Internal { get; } = new("internal", 500, "The cluster failed to answer");
    public static ProblemKind Unavailable { get; } = new("unavailable", 503, "The cluster cannot answer now");
    public static ProblemKind TooManyStreams { get; } = new("too-many-streams", 503, "Too many streams are open");

    public string Type => $"urn:ocs:problem:{Name}";
}
