using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>
/// Resources as Mesos spells them: scalars <c>cpus</c> (cores), <c>mem</c> and <c>disk</c> (MB, which its clients mean as MiB), <c>gpus</c> and named amounts; ranges <c>ports</c>. Sets there are none.
/// </summary>
internal sealed record MesosResources
{
    public const string Scalar = "SCALAR";
    private const double Thousandths = 1000;

    /// <summary>What Mesos's agents offer where nothing else is said.</summary>
    private const int FirstPort = 31_000;
    private const int LastPort = 32_000;

    /// <summary>More than a container may have are a fault of the task, told with its other faults.</summary>
    private const int MostPorts = 1_000;

    public Resources Amounts { get; init; }
    public int Gpus { get; init; }
    public ImmutableSortedDictionary<string, int> Named { get; init; } = ImmutableSortedDictionary<string, int>.Empty;
    public ImmutableArray<int> Ports { get; init; } = [];

    /// <summary>What a task asks for, or what of it cannot be had here.</summary>
    public static (MesosResources Resources, string? Fault) Read(IEnumerable<MesosValue> resources)
    {
        var (cpu, memory, disk, gpus) = (0.0, 0.0, 0.0, 0.0);
        var named = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        var ports = ImmutableArray.CreateBuilder<int>();
        foreach (var resource in resources)
        {
            var name = resource["name"].Text ?? "";
            if (resource["disk"]["persistence"].IsThere || resource["disk"]["volume"].IsThere)
                return (new MesosResources(), "persistent volumes are not supported");
            if (name == "ports")
            {
                if (AddPorts(ports, resource) is { } fault)
                    return (new MesosResources(), fault);
                continue;
            }

            if (resource["scalar"]["value"].Number is not { } amount || amount is not (>= 0 and < int.MaxValue))
                return (new MesosResources(), $"resource '{name}' is no scalar; expected a scalar, or ranges of ports");
            switch (name)
            {
                case "cpus": cpu += amount; break;
                case "mem": memory += amount; break;
                case "disk": disk += amount; break;
                case "gpus": gpus += amount; break;
                default: named[name] = named.GetValueOrDefault(name) + WholeOf(amount); break;
            }
        }

        return (new MesosResources { Amounts = new Resources(WholeOf(cpu * Thousandths), WholeOf(memory), WholeOf(disk)), Gpus = WholeOf(gpus), Named = named.ToImmutable(), Ports = ports.ToImmutable() }, null);
    }

    /// <summary>Of an offer: what it has, and the ports that nobody had when it was made.</summary>
    public static JsonArray Of(Offer offer, FrameworkInfo framework)
    {
        var list = new List<JsonObject>
        {
            ScalarOf("cpus", offer.Resources.Cpu / Thousandths, framework),
            ScalarOf("mem", offer.Resources.Memory, framework),
            ScalarOf("disk", offer.Resources.Disk, framework),
        };
        if (framework.TakesGpus && offer.Extras?.Gpu?.Count is { } gpus)
            list.Add(ScalarOf("gpus", gpus, framework));
        if (offer.Extras is { } extras)
            list.AddRange(extras.Amounts.Select(amount => ScalarOf(amount.Key, amount.Value, framework)));
        var ports = InRole(new JsonObject { ["name"] = "ports", ["type"] = "RANGES" }, framework);
        ports["ranges"] = new JsonObject { ["range"] = new JsonArray([.. RangesOf(offer.TakenPorts)]) };
        list.Add(ports);
        return new JsonArray([.. list]);
    }

    public static JsonObject ScalarOf(string name, double amount, FrameworkInfo? framework) =>
        InRole(new JsonObject { ["name"] = name, ["type"] = Scalar, ["scalar"] = new JsonObject { ["value"] = amount } }, framework);

    private static JsonObject InRole(JsonObject resource, FrameworkInfo? framework)
    {
        resource["role"] = "*";
        if (framework is { HasRoles: true })
            resource["allocation_info"] = new JsonObject { ["role"] = framework.Role };
        return resource;
    }

    private static IEnumerable<JsonObject> RangesOf(ImmutableArray<HostPort> taken)
    {
        var begin = FirstPort;
        foreach (var port in taken.Select(one => one.Port).Where(port => port is >= FirstPort and <= LastPort).Distinct().Order())
        {
            if (port > begin)
                yield return RangeOf(begin, port - 1);
            begin = port + 1;
        }

        if (begin <= LastPort)
            yield return RangeOf(begin, LastPort);
    }

    private static JsonObject RangeOf(int begin, int end) => new() { ["begin"] = begin, ["end"] = end };

    private static string? AddPorts(ImmutableArray<int>.Builder ports, MesosValue resource)
    {
        foreach (var range in resource["ranges"]["range"].Items)
        {
            if (range["begin"].Number is not ({ } begin and >= 1 and <= ushort.MaxValue) || range["end"].Number is not ({ } end and >= 1 and <= ushort.MaxValue) || begin > end)
                return "a range of ports is none";
            if (ports.Count + end - begin >= MostPorts)
                return string.Create(CultureInfo.InvariantCulture, $"more than {MostPorts} ports are asked for");
            ports.AddRange(Enumerable.Range((int)begin, (int)(end - begin) + 1));
        }

        return null;
    }

    /// <summary>Mesos counts in thousandths, and so are errors of binary fractions that are smaller.</summary>
    private static int WholeOf(double amount) => (int)Math.Min(Math.Ceiling(Math.Round(amount, 3)), int.MaxValue);
}
