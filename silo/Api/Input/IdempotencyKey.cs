using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Input;

/// <summary>Names a creation, so that repeating the request creates nothing more.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    private const int Longest = 128;

    /// <summary>The key, empty where there is none, or the problem with it.</summary>
    public static Input<string> Read(HttpRequest request)
    {
        var values = request.Headers[Header];
        if (values.Count == 0)
            return "";
        if (values is [{ Length: > 0 and <= Longest } key] && key.All(character => character is > ' ' and <= '~'))
            return key;
        return Problem.Of(ProblemKind.BadRequest, $"{Header} has to be given once: 1 to {Longest} visible ASCII characters.");
    }
}
