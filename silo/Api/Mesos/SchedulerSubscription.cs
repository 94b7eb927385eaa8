using System.Text.Json.Nodes;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Silo.Api.Streams;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>
/// SUBSCRIBE: takes a scheduler in, as a new framework or as one that comes back, and opens its stream. What is wrong with it is told by an event, as on Mesos: the answer is 200 then, too.
/// </summary>
internal sealed class SchedulerSubscription(IGrainFactory grains, IIdSource ids, TimeProvider clock, MesosOptions options, ILogger<SchedulerSubscription> logger)
{
    public const string StreamHeader = "Mesos-Stream-Id";
    private const int SuffixLength = 6;

    /// <summary>Names are random, so that two that are alike are an accident.</summary>
    private const int MostTries = 5;

    public async Task<IResult> Subscribe(MesosCall call, HttpContext http)
    {
        if (http.Request.Headers.ContainsKey(StreamHeader))
            return MesosAnswer.BadRequest($"Subscribe calls should not include the '{StreamHeader}' header");
        if (!AcceptsJson(http.Request))
            return new MesosAnswer(StatusCodes.Status406NotAcceptable, $"Expecting 'Accept' to allow '{MesosCall.MediaType}'");
        if (!call.Body["framework_info"].IsThere)
            return MesosAnswer.BadRequest("Failed to validate scheduler::Call: Expecting 'subscribe.framework_info' to be present");
        var info = FrameworkInfo.Of(call.Body);
        if ((call.FrameworkId ?? "") != (info.Id ?? ""))
            return MesosAnswer.BadRequest("Failed to validate scheduler::Call: 'framework_id' differs from 'subscribe.framework_info.id'");
        if (info.Roles.Length > 1)
            return Refused(http, "Several roles are not supported: a framework uses the share of one team.");
        var (id, fault) = await Register(info);
        return id is null ? Refused(http, fault!) : await Open(id, info, http);
    }

    private async Task<(MesosFrameworkId? Id, string? Fault)> Register(FrameworkInfo info)
    {
        if (info.Id is null)
            return await RegisterNew(info);
        var known = MesosFrameworkId.Parse(info.Id);
        var grain = GrainOf(known);
        var view = await grain.Get();
        if (view is null ? !known.IsForeign : view.Status == FrameworkStatus.Removing)
            return (null, "Framework has been removed");
        var kept = info.ToSpec(known.Name);

        // What Mesos has no word for stays as it is.
        var spec = view is null ? kept : view.Spec with { Team = kept.Team, FailoverTimeout = kept.FailoverTimeout };
        return (await grain.Register(spec, known.Token)).Refusal is { } refusal ? (null, MesosAnswer.TextOf(refusal)) : (known, null);
    }

    private async Task<(MesosFrameworkId? Id, string? Fault)> RegisterNew(FrameworkInfo info)
    {
        Refusal? refusal = null;
        for (var i = 0; i < MostTries && refusal is null or { Kind: RefusalKind.Conflict }; i++)
        {
            var name = info.ToName(ids.NewId(SuffixLength));
            var answer = await grains.GetGrain<IFrameworkGrain>(GrainKeys.Framework(options.Cluster, name)).Register(info.ToSpec(name), "");
            if (answer.IsAccepted)
                return (new MesosFrameworkId(name, answer.Value.Token), null);
            refusal = answer.Refusal;
        }

        return (null, MesosAnswer.TextOf(refusal!));
    }

    private async Task<IResult> Open(MesosFrameworkId id, FrameworkInfo info, HttpContext http)
    {
        var grain = GrainOf(id);
        var answer = await grain.Subscribe(wantsOffers: true);
        if (!answer.IsAccepted)
            return Refused(http, "Framework has been removed");
        if (info.IsSuppressed)
            await grain.Suppress();
        var stream = answer.Value.Stream;
        http.Response.Headers[StreamHeader] = stream;
        JsonObject master = MasterInfo.Of(http);
        return new StreamResult(MesosCall.MediaType, new SchedulerStream(grain, stream, new MesosEvents(id, info), master, clock, logger).Write);
    }

    /// <summary>A stream of one event, by an id that no call can use.</summary>
    private StreamResult Refused(HttpContext http, string message)
    {
        http.Response.Headers[StreamHeader] = ids.NewId(SuffixLength);
        return new StreamResult(MesosCall.MediaType, (response, token) => new RecordWriter(response).Write(MesosEvents.Error(message), token));
    }

    private IFrameworkGrain GrainOf(MesosFrameworkId id) => grains.GetGrain<IFrameworkGrain>(GrainKeys.Framework(options.Cluster, id.Name));

    private static bool AcceptsJson(HttpRequest request) =>
        request.Headers.Accept.Count == 0 || request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Value is "*/*" or "application/*" or MesosCall.MediaType);
}
