using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>Events of one scheduler's stream as Mesos spells them.</summary>
internal sealed class MesosEvents(MesosFrameworkId id, FrameworkInfo framework)
{
    /// <summary>Where Mesos's agents listen; nothing does here.</summary>
    private const int AgentPort = 5051;

    /// <summary>Of nodes that were offered.</summary>
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);

    public static JsonObject Heartbeat => new() { ["type"] = "HEARTBEAT" };

    public static JsonObject IdOf(string id) => new() { ["value"] = id };

    public static JsonObject Error(string message) => new() { ["type"] = "ERROR", ["error"] = new JsonObject { ["message"] = message } };

    public JsonObject Subscribed(TimeSpan heartbeat, JsonObject master) => new()
    {
        ["type"] = "SUBSCRIBED",
        ["subscribed"] = new JsonObject { ["framework_id"] = IdOf(id.ToString()), ["heartbeat_interval_seconds"] = heartbeat.TotalSeconds, ["master_info"] = master },
    };

    /// <summary>One for each of its parts; for the end of a task with its node, first that its node is lost.</summary>
    public IEnumerable<JsonObject> Translate(FrameworkEvent happened)
    {
        if (!happened.Offers.IsDefaultOrEmpty)
            yield return new JsonObject { ["type"] = "OFFERS", ["offers"] = new JsonObject { ["offers"] = new JsonArray([.. happened.Offers.Select(OfferOf)]) } };
        if (happened.Rescinded is { } rescinded)
            yield return new JsonObject { ["type"] = "RESCIND", ["rescind"] = new JsonObject { ["offer_id"] = IdOf(rescinded) } };
        if (happened.Update is not { } update)
            yield break;
        if (update is { WantsAcknowledgement: true, State: TaskState.Stopped, View: { StopCode: StopCode.NodeLost, Node: { } lost } })
            yield return new JsonObject { ["type"] = "FAILURE", ["failure"] = new JsonObject { ["agent_id"] = IdOf(lost) } };
        var address = update.View?.Node is { } node ? _addresses.GetValueOrDefault(node) : null;
        yield return new JsonObject { ["type"] = "UPDATE", ["update"] = new JsonObject { ["status"] = StatusTranslation.Translate(update, framework, address) } };
    }

    private JsonObject OfferOf(Offer offer)
    {
        // Clients hand it to tasks as their host without looking whether it is there.
        var address = offer.Address == "" ? "127.0.0.1" : offer.Address;
        _addresses[offer.Node] = address;
        var json = new JsonObject
        {
            ["id"] = IdOf(offer.Id),
            ["framework_id"] = IdOf(id.ToString()),
            ["agent_id"] = IdOf(offer.Node),
            ["hostname"] = address,
            ["url"] = new JsonObject
            {
                ["scheme"] = "http",
                ["address"] = new JsonObject { ["hostname"] = address, ["ip"] = address, ["port"] = AgentPort },
                ["path"] = "/slave(1)",
            },
            ["resources"] = MesosResources.Of(offer, framework),
            ["attributes"] = new JsonArray([.. offer.Attributes.Select(AttributeOf)]),
            ["executor_ids"] = new JsonArray(),
        };
        if (framework.HasRoles)
            json["allocation_info"] = new JsonObject { ["role"] = framework.Role };
        return json;
    }

    /// <summary>As Mesos reads them of its agents' command line: what is a number is a scalar, all else a text.</summary>
    public static JsonObject AttributeOf(KeyValuePair<string, string> attribute) =>
        double.TryParse(attribute.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? new JsonObject { ["name"] = attribute.Key, ["type"] = MesosResources.Scalar, ["scalar"] = new JsonObject { ["value"] = number } }
            : new JsonObject { ["name"] = attribute.Key, ["type"] = "TEXT", ["text"] = new JsonObject { ["value"] = attribute.Value } };
}
