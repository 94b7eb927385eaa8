namespace OrleansCluster.Silo.Api.Hosting;

/// <summary>Puts what every request passes in front of routing, wherever the host maps the routes.</summary>
internal sealed class ApiStartupFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<ProblemMiddleware>();
        app.Use(LoopbackGate.Pass);
        next(app);
    };
}
