using System.Collections.Immutable;
using System.Globalization;
using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>
/// ACCEPT: all its operations are one launch, which uses the offers up. A task that is wrong, or asks for more than they hold, is told so by an update, and the others are launched, as on Mesos; of a
/// group all or none.
/// </summary>
internal sealed class AcceptedOffers(IIdSource ids, MesosOptions options)
{
    private const int TransactionIdLength = 20;
    private const string Tasks = "/tasks/";

    public async Task<MesosAnswer?> Take(MesosValue accept, IFrameworkGrain grain)
    {
        var operations = accept["operations"].Items;
        if (operations.Select(operation => operation["type"].Text ?? "").FirstOrDefault(type => type is not ("LAUNCH" or "LAUNCH_GROUP")) is { } other)
            return MesosAnswer.BadRequest($"Operation '{other}' is not supported; expected LAUNCH or LAUNCH_GROUP");
        var groups = operations.Count(operation => operation["type"].Text == "LAUNCH_GROUP");
        if (groups > 0 && operations.Length > 1)
            return MesosAnswer.BadRequest("A LAUNCH_GROUP is not supported beside other operations: it is launched wholly or not at all; accept other offers for them");
        ImmutableArray<MesosValue> infos = [.. operations.SelectMany(operation => TasksOf(operation))];
        if (infos.Any(info => info["task_id"].Id is not { Length: > 0 }))
            return MesosAnswer.BadRequest("Failed to convert JSON into Call protobuf: Missing required field 'task_id' of a task");
        var offers = SchedulerCalls.OffersOf(accept);
        var (tasks, rejections) = Translate(infos, offers.IsEmpty ? "No offers specified" : groups > 0 ? GroupFault(operations[0]) : null);
        return await Launch(offers, SchedulerCalls.RefuseSecondsOf(accept["filters"]), grain, tasks, rejections, isGroup: groups > 0);
    }

    /// <summary>What has a fault is left out, until there is none: each round has one task less at the least. What is left out makes room for those after it.</summary>
    private async Task<MesosAnswer?> Launch(
        ImmutableArray<string> offers, double refuse, IFrameworkGrain grain, ImmutableArray<FrameworkTask> all, ImmutableArray<FrameworkRejection> faults, bool isGroup)
    {
        var held = await grain.ReadOffers(offers);

        // One that stands no more is the whole launch's affair.
        var areHeld = held.Length == offers.Length;
        while (true)
        {
            var (tasks, tooLarge) = areHeld ? Fit(held, all) : (all, []);
            ImmutableArray<FrameworkRejection> rejections = [.. faults, .. tooLarge];
            if (isGroup && !rejections.IsEmpty)
                (tasks, rejections) = ([], [.. rejections, .. tasks.Select(task => RejectionOf(task, $"Its task group is not launched, since of task '{rejections[0].Task}': {rejections[0].Reason}"))]);
            if (tasks.IsEmpty)
                return await grain.Decline(offers, refuse) is { } declined ? MesosAnswer.Of(declined) : await Tell(grain, rejections);
            var launch = new FrameworkLaunch
            {
                TransactionId = ids.NewId(TransactionIdLength),
                Tasks = tasks,
                Offers = offers,
                Mode = isGroup ? CommitMode.AllOrNothing : CommitMode.Incremental,
                RefuseSeconds = refuse,
            };
            if ((await grain.Launch(launch)).Refusal is not { } refusal)
                return await Tell(grain, rejections);
            if (refusal.Kind is RefusalKind.Throttled or RefusalKind.NotFound)
                return MesosAnswer.Of(refusal);
            var faulty = FaultsOf(refusal, tasks);
            faults = [.. faults, .. faulty];
            all = [.. all.Where(task => !faulty.Any(fault => fault.Task == task.Name))];
        }
    }

    private static (ImmutableArray<FrameworkTask> Tasks, ImmutableArray<FrameworkRejection> TooLarge) Fit(ImmutableArray<Offer> offers, ImmutableArray<FrameworkTask> tasks)
    {
        var room = new OfferedRoom(offers);
        var looked = tasks.Select(task => (Task: task, Fault: room.Take(task))).ToList();
        return ([.. looked.Where(one => one.Fault is null).Select(one => one.Task)], [.. looked.Where(one => one.Fault is not null).Select(one => RejectionOf(one.Task, one.Fault!))]);
    }

    private static async Task<MesosAnswer?> Tell(IFrameworkGrain grain, ImmutableArray<FrameworkRejection> rejections) =>
        rejections.IsEmpty || await grain.Reject(rejections) is not { } refusal ? null : MesosAnswer.Of(refusal);

    private (ImmutableArray<FrameworkTask> Tasks, ImmutableArray<FrameworkRejection> Rejections) Translate(ImmutableArray<MesosValue> infos, string? faultOfAll)
    {
        var tasks = ImmutableArray.CreateBuilder<FrameworkTask>();
        var rejections = ImmutableArray.CreateBuilder<FrameworkRejection>();
        foreach (var info in infos)
        {
            var (name, node) = (info["task_id"].Id!, info["agent_id"].Id ?? "");
            if (faultOfAll is not null)
                rejections.Add(new FrameworkRejection(name, node, faultOfAll));
            else if (tasks.Any(task => task.Name == name))
                rejections.Add(new FrameworkRejection(name, node, $"Task has duplicate ID: {name}"));
            else if (TaskTranslation.TryTranslate(info, options.Image, out var task, out var fault))
                tasks.Add(task);
            else
                rejections.Add(new FrameworkRejection(name, node, fault));
        }

        return (tasks.ToImmutable(), rejections.ToImmutable());
    }

    /// <summary>By task; all of them where none is named.</summary>
    private static ImmutableArray<FrameworkRejection> FaultsOf(Refusal refusal, ImmutableArray<FrameworkTask> tasks)
    {
        var faults = ImmutableArray.CreateBuilder<FrameworkRejection>();
        for (var i = 0; i < tasks.Length; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{Tasks}{i}/");
            var own = refusal.Faults.Where(fault => fault.Path.StartsWith(path, StringComparison.Ordinal)).Select(fault => $"{fault.Path[path.Length..]}: {fault.Message}").ToList();
            if (own.Count > 0)
                faults.Add(RejectionOf(tasks[i], $"{string.Join("; ", own)}."));
        }

        return faults.Count > 0 ? faults.ToImmutable() : [.. tasks.Select(task => RejectionOf(task, MesosAnswer.TextOf(refusal)))];
    }

    private static FrameworkRejection RejectionOf(FrameworkTask task, string reason) => new(task.Name, task.Node, reason);

    private static ImmutableArray<MesosValue> TasksOf(MesosValue operation) =>
        operation["type"].Text == "LAUNCH" ? operation["launch"]["task_infos"].Items : operation["launch_group"]["task_group"]["tasks"].Items;

    /// <summary>Groups name the executor that Mesos brings for them, which is none of the client's own.</summary>
    private static string? GroupFault(MesosValue operation) =>
        operation["launch_group"]["executor"]["type"].Text is { } type && type != "DEFAULT" ? TaskTranslation.NoExecutors : null;
}
