using System.Text.Json.Nodes;
using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>What clients of Mesos look at before they subscribe, and its operators' tools: who leads, of which version, with which agents and frameworks. A part of what Mesos shows, all of it true.</summary>
internal static class MasterPages
{
    /// <summary>Frameworks that are shown.</summary>
    private const int MostFrameworks = 200;

    public static IResult Version() => Json(new JsonObject { ["version"] = MasterInfo.Version, ["ocs_version"] = typeof(MasterPages).Assembly.GetName().Version?.ToString(3) });

    public static IResult Health() => Results.Ok();

    /// <summary>To whoever leads: every silo does.</summary>
    public static IResult Redirect(HttpContext http)
    {
        http.Response.Headers.Location = $"//{http.Request.Host}";
        return Results.StatusCode(StatusCodes.Status307TemporaryRedirect);
    }

    public static async Task<IResult> State(HttpContext http, IClusterQueries queries, IGrainFactory grains, MesosOptions options)
    {
        var nodes = await queries.ListNodes(options.Cluster, http.RequestAborted);
        var names = (await queries.Frameworks(options.Cluster, http.RequestAborted)).Order(StringComparer.Ordinal).Take(MostFrameworks).ToList();
        var frameworks = await Task.WhenAll(names.Select(name => grains.GetGrain<IFrameworkGrain>(GrainKeys.Framework(options.Cluster, name)).Get()));
        var master = MasterInfo.Of(http);
        return Json(new JsonObject
        {
            ["version"] = MasterInfo.Version,
            ["id"] = master["id"]!.DeepClone(),
            ["pid"] = master["pid"]!.DeepClone(),
            ["hostname"] = master["hostname"]!.DeepClone(),
            ["leader"] = master["pid"]!.DeepClone(),
            ["leader_info"] = master,
            ["cluster"] = options.Cluster,
            ["activated_slaves"] = nodes.Items.Count(node => node.Status == NodeStatus.Active),
            ["deactivated_slaves"] = nodes.Items.Count(node => node.Status == NodeStatus.Draining),
            ["unreachable_slaves"] = nodes.Items.Count(node => node.Status == NodeStatus.Lost),
            ["slaves"] = new JsonArray([.. nodes.Items.Select(SlaveOf)]),
            ["frameworks"] = new JsonArray([.. frameworks.OfType<FrameworkView>().Select(FrameworkOf)]),
            ["completed_frameworks"] = new JsonArray(),
        });
    }

    private static JsonObject SlaveOf(NodeView node)
    {
        var attributes = new JsonObject();
        foreach (var (name, value) in node.Attributes)
            attributes[name] = value;
        return new JsonObject
        {
            ["id"] = node.Name,
            ["hostname"] = node.Name,
            ["active"] = node.Status == NodeStatus.Active,
            ["registered_time"] = node.RegisteredAt.ToUnixTimeMilliseconds() / 1000.0,
            ["resources"] = ResourcesOf(node.Capacity),
            ["used_resources"] = ResourcesOf(node.Claimed),
            ["attributes"] = attributes,
        };
    }

    /// <summary>By its name: its id is what its calls are believed by.</summary>
    private static JsonObject FrameworkOf(FrameworkView framework) => new()
    {
        ["id"] = framework.Spec.Name,
        ["name"] = framework.Spec.Name,
        ["role"] = framework.Spec.Team,
        ["active"] = framework.Status == FrameworkStatus.Connected,
        ["connected"] = framework.Status == FrameworkStatus.Connected,
        ["failover_timeout"] = framework.Spec.FailoverTimeout,
        ["registered_time"] = framework.RegisteredAt.ToUnixTimeMilliseconds() / 1000.0,
    };

    private static JsonObject ResourcesOf(Resources resources) => new()
    {
        ["cpus"] = resources.Cpu / 1000.0,
        ["mem"] = resources.Memory,
        ["disk"] = resources.Disk,
    };

    private static IResult Json(JsonObject page) => Results.Text(page.ToJsonString(), MesosCall.MediaType);
}
