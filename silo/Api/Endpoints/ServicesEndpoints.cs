using System.Collections.Immutable;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Services;
using OrleansCluster.Silo.Api.Input;
using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Endpoints;

internal static class ServicesEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/services/{name}", Put)
            .Describe("putService", "Makes a service, or changes it. What changes its tasks begins a deployment, which supersedes one that is under way. The same again changes nothing.", QueryParameters.Mode)
            .Accepts<ServiceSpec>("application/json")
            .Produces<ServiceView>().Refuses(404, 409, 413, 415);
        routes.MapGet("/services", List)
            .Describe("listServices", "Lists services.", QueryParameters.After, QueryParameters.Limit)
            .Produces<Page<ServiceView>>().Refuses();
        routes.MapGet("/services/{name}", Get)
            .Describe("getService", "Shows a service, its deployments, tasks and events; with \"version\" and \"wait\", as soon as it has changed.", QueryParameters.Version, QueryParameters.Wait)
            .Produces<ServiceView>().Refuses(404);
        routes.MapDelete("/services/{name}", (string name, HttpContext http, IGrainFactory grains) => Ask(name, http, grains, service => service.Delete()))
            .Describe("deleteService", "Stops a service's tasks; it is gone when they have stopped. Deleting what is being deleted changes nothing.")
            .Produces<ServiceView>().Refuses(404);
        routes.MapPost("/services/{name}/scale", Scale)
            .Describe("scaleService", "Changes how many tasks a service has. That is no deployment.")
            .Accepts<ScaleRequest>("application/json")
            .Produces<ServiceView>().Refuses(404, 413, 415);
        routes.MapPost("/services/{name}/rollback", (string name, HttpContext http, IGrainFactory grains) => Ask(name, http, grains, service => service.Rollback()))
            .Describe("rollbackService", "Deploys the revision before, the last that was completed. Asked again, it takes that back: not to be repeated.")
            .Produces<ServiceView>().Refuses(404, 409);
        routes.MapPost("/services/{name}/stop-deployment", StopDeployment)
            .Describe("stopServiceDeployment", "Ends the deployment that is under way, as ECS's StopServiceDeployment: back to the revision that was last completed, or left as it is. Refused where none is under way.")
            .Accepts<StopDeploymentRequest>("application/json")
            .Produces<ServiceView>().Refuses(404, 409, 413, 415);
        routes.MapPost("/services/{name}/approve", Approve)
            .Describe("approveServiceDeployment", "Answers hooks of a service's newest deployment that wait for an approval. Refused where none does.")
            .Accepts<ApproveRequest>("application/json")
            .Produces<ServiceView>().Refuses(404, 409, 413, 415);
        routes.MapPost("/services/{name}/protect", Protect)
            .Describe("protectTask", "Keeps one of a service's tasks from being stopped by scale in for some seconds.")
            .Accepts<ProtectRequest>("application/json")
            .Produces<ServiceView>().Refuses(404, 413, 415);
        routes.MapPost("/services/{name}/rebalance", Rebalance)
            .Describe("rebalanceService", "Moves a service's tasks until they are spread evenly, whatever its mode is; the answer shows the moves that are to be made. Asked again, it changes nothing more.")
            .Accepts<RebalanceRequest>("application/json")
            .Produces<ServiceView>().Refuses(404, 409, 413, 415);
    }

    private static async Task<IResult> Put(string name, HttpContext http, IGrainFactory grains)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        var mode = query.Word<PutMode>(QueryParameters.Mode) ?? PutMode.Any;
        if (query.Finish() is { } problem)
            return problem;
        var input = await BodyReader.Read<ServiceSpec>(http.Request, spec => FaultsOf(spec, name));
        if (!input.IsGood)
            return input.Problem;

        // Only what is a name may become part of a key. Of all else than names the grain tells.
        return ApiNames.IsService(name) && input.Value.Name == name
            ? Answers.Of(await ServiceOf(grains, cluster, name).Put(input.Value, mode))
            : Problem.Of(Refusal.Faulty("The service", FaultsOf(input.Value, name)));
    }

    /// <summary>That it has another name than the address is no news where the rules find that its name is none.</summary>
    private static ImmutableArray<Fault> FaultsOf(ServiceSpec spec, string name)
    {
        var faults = ServiceValidator.Validate(spec);
        return spec.Name == name || faults.Any(fault => fault.Path == "/name") ? faults : faults.Add(new Fault("/name", $"\"{spec.Name}\" found; expected the name in the address, \"{name}\""));
    }

    private static async Task<IResult> List(HttpContext http, IClusterQueries queries)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        var (after, limit) = query.Paging();
        return query.Finish() ?? Answers.Ok(await queries.ListServices(cluster, after, limit, http.RequestAborted));
    }

    private static async Task<IResult> Get(string name, HttpContext http, IGrainFactory grains, LongPoll poll)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        var (version, wait) = query.Watch();
        if (query.Finish() is { } problem)
            return problem;
        if (!ApiNames.IsService(name))
            return Missing(cluster, name);
        var grain = ServiceOf(grains, cluster, name);
        var service = version is { } known
            ? await poll.Until(await grain.Get(), one => one.Version != known, (step, token) => grain.Watch(known, step, token), wait, http.RequestAborted)
            : await grain.Get();
        return service is null ? Missing(cluster, name) : Answers.Ok(service);
    }

    private static async Task<IResult> Scale(string name, HttpContext http, IGrainFactory grains)
    {
        var input = await BodyReader.Read<ScaleRequest>(http.Request, _ => []);
        return input.IsGood ? await Ask(name, http, grains, service => service.Scale(input.Value.DesiredCount)) : input.Problem;
    }

    private static async Task<IResult> StopDeployment(string name, HttpContext http, IGrainFactory grains)
    {
        var input = await BodyReader.Read<StopDeploymentRequest>(http.Request, _ => []);
        return input.IsGood ? await Ask(name, http, grains, service => service.StopDeployment(input.Value.Rollback)) : input.Problem;
    }

    private static async Task<IResult> Approve(string name, HttpContext http, IGrainFactory grains)
    {
        var input = await BodyReader.Read<ApproveRequest>(http.Request, _ => []);
        return input.IsGood ? await Ask(name, http, grains, service => service.Approve(input.Value.Hook, input.Value.Deployment, !input.Value.Reject)) : input.Problem;
    }

    private static async Task<IResult> Protect(string name, HttpContext http, IGrainFactory grains)
    {
        var input = await BodyReader.Read<ProtectRequest>(http.Request, _ => []);
        return input.IsGood ? await Ask(name, http, grains, service => service.Protect(input.Value.Task, input.Value.Seconds)) : input.Problem;
    }

    private static async Task<IResult> Rebalance(string name, HttpContext http, IGrainFactory grains)
    {
        var input = await BodyReader.Read<RebalanceRequest>(http.Request, _ => []);
        return input.IsGood ? await Ask(name, http, grains, service => service.Rebalance(input.Value.DryRun)) : input.Problem;
    }

    private static async Task<IResult> Ask(string name, HttpContext http, IGrainFactory grains, Func<IServiceGrain, Task<Answer<ServiceView>>> ask)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        return ApiNames.IsService(name) ? Answers.Of(await ask(ServiceOf(grains, cluster, name))) : Missing(cluster, name);
    }

    private static IResult Missing(string cluster, string name) => Answers.NotFound($"service {name} in cluster {cluster}");

    private static IServiceGrain ServiceOf(IGrainFactory grains, string cluster, string name) => grains.GetGrain<IServiceGrain>(GrainKeys.Service(cluster, name));
}
