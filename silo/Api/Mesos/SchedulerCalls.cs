using System.Collections.Immutable;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>
/// The calls of a scheduler that has subscribed: each is looked at as Mesos looks at it, and handed to its framework's grain. What 202 says is durable, where the grain says so; Mesos says less.
/// </summary>
internal sealed class SchedulerCalls(IGrainFactory grains, AcceptedOffers accepted, MesosOptions options)
{
    /// <summary>What there is on Mesos, and what it says when there is nothing to say.</summary>
    private static readonly HashSet<string> _idle = new(["MESSAGE", "REQUEST", "ACCEPT_INVERSE_OFFERS", "DECLINE_INVERSE_OFFERS"], StringComparer.Ordinal);

    public async Task<IResult> Take(MesosCall call, HttpRequest request)
    {
        var id = MesosFrameworkId.Parse(call.FrameworkId!);
        var grain = grains.GetGrain<IFrameworkGrain>(GrainKeys.Framework(options.Cluster, id.Name));
        var stream = request.Headers[SchedulerSubscription.StreamHeader] is [{ Length: > 0 } one] ? one : null;
        if (stream is null || !await grain.Listens(id.Token, stream))
            return await WhyNot(id, stream, grain);
        return await Take(call, grain) is { } refusal ? refusal : MesosAnswer.Accepted;
    }

    /// <summary>In Mesos's order.</summary>
    private static async Task<MesosAnswer> WhyNot(MesosFrameworkId id, string? stream, IFrameworkGrain grain)
    {
        if (!await grain.IsItsToken(id.Token))
            return MesosAnswer.BadRequest("Framework cannot be found");
        if (await grain.Get() is not { Status: FrameworkStatus.Connected })
            return MesosAnswer.Forbidden("Framework is not subscribed");
        return MesosAnswer.BadRequest(stream is null
            ? $"All non-subscribe calls should include the '{SchedulerSubscription.StreamHeader}' header"
            : $"The stream ID '{stream}' included in this request didn't match the stream ID currently associated with framework ID '{id}'");
    }

    /// <summary>Of a filter: how long what is not used is not offered again.</summary>
    public static double RefuseSecondsOf(MesosValue filters) =>
        filters["refuse_seconds"].Number is { } seconds && seconds >= 0 ? Math.Min(seconds, FrameworkLaunch.LongestRefuseSeconds) : FrameworkLaunch.StandardRefuseSeconds;

    public static ImmutableArray<string> OffersOf(MesosValue body) => [.. body["offer_ids"].Items.Select(offer => offer.Id).OfType<string>()];

    private async Task<MesosAnswer?> Take(MesosCall call, IFrameworkGrain grain)
    {
        var body = call.Body;
        switch (call.Type)
        {
            case "ACCEPT":
                return await accepted.Take(body, grain);
            case "DECLINE":
                return Refused(await grain.Decline(OffersOf(body), RefuseSecondsOf(body["filters"])));
            case "REVIVE":
                return Refused(await grain.Revive());
            case "SUPPRESS":
                return Refused(await grain.Suppress());
            case "KILL":
                return body["task_id"].Id is { } killed ? Refused(await grain.Kill(killed)) : Lacks("kill.task_id");
            case "SHUTDOWN":
                // The executor of a command, which Mesos has for each, goes by its task's id.
                return body["executor_id"].Id is { } executor ? Refused(await grain.Kill(executor)) : Lacks("shutdown.executor_id");
            case "ACKNOWLEDGE":
                return await Acknowledge(body, grain);
            case "RECONCILE":
                return Refused(await grain.Reconcile([.. body["tasks"].Items.Select(task => task["task_id"].Id).OfType<string>()]));
            case "TEARDOWN":
                return Refused(await grain.Teardown());
            default:
                return _idle.Contains(call.Type) ? null : new MesosAnswer(StatusCodes.Status501NotImplemented, $"{call.Type} calls are not supported");
        }
    }

    private static async Task<MesosAnswer?> Acknowledge(MesosValue body, IFrameworkGrain grain)
    {
        if (body["task_id"].Id is not { } task)
            return Lacks("acknowledge.task_id");
        if (body["uuid"].Text is not { } uuid)
            return Lacks("acknowledge.uuid");

        // One that was not made here acknowledges nothing, such as what the task was told of by another master.
        return MesosUuid.StateOf(task, uuid) is { } state ? Refused(await grain.Acknowledge(task, state)) : null;
    }

    private static MesosAnswer? Refused(Refusal? refusal) => refusal is null ? null : MesosAnswer.Of(refusal);

    private static MesosAnswer Lacks(string what) => MesosAnswer.BadRequest($"Failed to validate scheduler::Call: Expecting '{what}' to be present");
}
