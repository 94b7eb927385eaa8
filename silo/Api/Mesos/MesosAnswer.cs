namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>A status with a text of Mesos's own, which its clients print; not RFC 9457, which they do not know.</summary>
internal sealed record MesosAnswer(int Status, string Text) : IResult
{
    public static MesosAnswer Accepted { get; } = new(StatusCodes.Status202Accepted, "");

    public static MesosAnswer BadRequest(string text) => new(StatusCodes.Status400BadRequest, text);

    public static MesosAnswer Forbidden(string text) => new(StatusCodes.Status403Forbidden, text);

    /// <summary>What a grain does not do, in the words that it has for it.</summary>
    public static MesosAnswer Of(Refusal refusal) => new(
        refusal.Kind switch
        {
            RefusalKind.Throttled => StatusCodes.Status429TooManyRequests,
            RefusalKind.Conflict => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status400BadRequest,
        },
        TextOf(refusal));

    public static string TextOf(Refusal refusal) => string.Join(' ', [refusal.Title, .. refusal.Faults.Select(fault => $"{fault.Path}: {fault.Message}.")]);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        if (Text == "")
        {
            httpContext.Response.ContentLength = 0;
            return Task.CompletedTask;
        }

        httpContext.Response.ContentType = "text/plain; charset=utf-8";
        return httpContext.Response.WriteAsync(Text, httpContext.RequestAborted);
    }
}
