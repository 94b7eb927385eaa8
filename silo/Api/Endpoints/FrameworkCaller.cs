using OrleansCluster.Silo.Api.Input;
using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Endpoints;

/// <summary>Who calls for a framework shows the token of its registration (RFC 6750). The framework's grain is given to nobody else.</summary>
internal static class FrameworkCaller
{
    public const string Header = "Authorization";
    public const string Description = "\"Bearer \" and the token of the registration.";
    private const string Scheme = "Bearer ";

    /// <summary>Empty where there is none.</summary>
    public static Input<string> Token(HttpRequest request)
    {
        var values = request.Headers.Authorization;
        if (values.Count == 0)
            return "";
        return values is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && value.Length > Scheme.Length
            ? value[Scheme.Length..]
            : Problem.Of(ProblemKind.TokenMissing, $"{Header} has to be given once, as \"{Scheme}TOKEN\".");
    }

    /// <summary>Of a route whose query says nothing but the cluster.</summary>
    public static async Task<Input<IFrameworkGrain>> Find(HttpContext http, IGrainFactory grains, string name)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        return query.Finish() is { } problem ? problem : await Find(http, grains, cluster, name);
    }

    /// <summary>The framework's grain, or what is wrong with the call.</summary>
    public static async Task<Input<IFrameworkGrain>> Find(HttpContext http, IGrainFactory grains, string cluster, string name)
    {
        var token = Token(http.Request);
        if (!token.IsGood)
            return token.Problem;
        if (token.Value == "")
            return Problem.Of(ProblemKind.TokenMissing, $"Calls for a framework bring its token along: {Header}: {Scheme}TOKEN.");
        if (!ApiNames.IsFramework(name))
            return Missing(cluster, name);
        var framework = Of(grains, cluster, name);
        if (await framework.IsItsToken(token.Value))
            return new Input<IFrameworkGrain>(framework, null);
        return await framework.Get() is null ? Missing(cluster, name) : Problem.Of(ProblemKind.WrongToken, $"The token is not that of framework {name}.");
    }

    public static Problem Missing(string cluster, string name) => Answers.NotFound($"framework {name} in cluster {cluster}");

    public static IFrameworkGrain Of(IGrainFactory grains, string cluster, string name) => grains.GetGrain<IFrameworkGrain>(GrainKeys.Framework(cluster, name));
}
