using System.Collections.Immutable;
using System.Globalization;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Silo.Api.Endpoints;

/// <summary>The job that a start of tasks on nodes becomes: one task whose instances are planned on the nodes, and may be placed nowhere else afterwards either.</summary>
internal static class StartedJob
{
    public const string Task = "main";
    private const string TaskPath = "/tasks/0/";
    private const int MostNodes = 100;
    private const int MostOfEach = 100;

    /// <summary>Every fault of the request and of the job that it becomes, as far as they are seen without the nodes.</summary>
    public static ImmutableArray<Fault> Validate(StartTaskRequest request)
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        if (request.Nodes.Length is < 1 or > MostNodes)
            faults.Add(new Fault("/nodes", $"{request.Nodes.Length} found; expected 1 to {MostNodes} nodes"));
        for (var i = 0; i < request.Nodes.Length; i++)
        {
            if (!Input.ApiNames.IsNode(request.Nodes[i]))
                faults.Add(new Fault(Path(i), $"\"{request.Nodes[i]}\" is no node's name"));
            else if (request.Nodes.IndexOf(request.Nodes[i]) < i)
                faults.Add(new Fault(Path(i), $"\"{request.Nodes[i]}\" occurs twice"));
        }

        if (request.Count is < 1 or > MostOfEach)
            faults.Add(new Fault("/count", $"{request.Count} is out of range: expected 1 to {MostOfEach}"));
        if (faults.Count == 0)
            faults.AddRange(JobValidator.Validate(ToSpec(request)).Select(ToRequest));
        return faults.ToImmutable();
    }

    public static JobSpec ToSpec(StartTaskRequest request) => new()
    {
        Name = request.StartedBy,
        Team = request.Team,
        Priority = request.Priority,
        Tasks =
        [
            new JobTaskSpec
            {
                Name = Task,
                Count = request.Count * request.Nodes.Length,
                Definition = request.Definition,
                Containers = request.Containers,
                Volumes = request.Volumes,
                Network = request.Network,
                Overrides = request.Overrides,

                // Of an attempt that follows, where its node was lost, no plan says where it goes.
                PlacementConstraints = [new PlacementConstraint { Type = PlacementConstraintType.MemberOf, Expression = $"node in [{string.Join(", ", request.Nodes)}]" }],
            },
        ],
    };

    /// <param name="nodes">The nodes of the request, in its order, as they are now.</param>
    public static JobPlan ToPlan(StartTaskRequest request, JobSpec spec, string jobId, ImmutableArray<NodeSnapshot> nodes) => new()
    {
        JobId = jobId,
        Spec = spec,
        Placements =
        [
            .. nodes.Select((node, i) => new JobPlacement
            {
                Task = Task,
                Indexes = [.. Enumerable.Range(i * request.Count, request.Count)],
                Node = node.Name,
                NodeVersion = node.ETag.ToString(CultureInfo.InvariantCulture),
            }),
        ],
    };

    /// <summary>Where in the request it is what the job or its plan has a fault in.</summary>
    public static Fault ToRequest(Fault fault)
    {
        const string placements = "/placements/";
        if (fault.Path.StartsWith(placements, StringComparison.Ordinal))
            return fault with { Path = $"/nodes/{fault.Path[placements.Length..].Split('/')[0]}" };
        return fault.Path == "/name" ? fault with { Path = "/startedBy" }
            : fault.Path.StartsWith(TaskPath, StringComparison.Ordinal) ? fault with { Path = $"/{fault.Path[TaskPath.Length..]}" }
            : fault;
    }

    public static string Path(int node) => string.Create(CultureInfo.InvariantCulture, $"/nodes/{node}");
}
