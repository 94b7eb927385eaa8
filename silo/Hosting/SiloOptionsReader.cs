using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using OrleansCluster.Grains.Scheduling;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Silo.Api.Hosting;
using OrleansCluster.Silo.Checkpoints;
using OrleansCluster.Silo.Telemetry;

namespace OrleansCluster.Silo.Hosting;

/// <summary>Reads the options from configuration and checks them, all faults at once; every fault names the option as it is typed.</summary>
internal static class SiloOptionsReader
{
    /// <summary>The command line's spelling of each option.</summary>
    public static IReadOnlyDictionary<string, string> Switches { get; } = new Dictionary<string, string>
    {
        ["--cluster"] = "Ocs:Cluster",
        ["--data"] = "Ocs:Data",
        ["--listen"] = "Ocs:Listen",
        ["--runtime"] = "Ocs:Runtime",
        ["--docker-host"] = "Ocs:DockerHost",
        ["--node"] = "Ocs:Node",
        ["--nodes"] = "Ocs:Nodes",
        ["--node-address"] = "Ocs:NodeAddress",
        ["--cpu"] = "Ocs:Cpu",
        ["--memory"] = "Ocs:Memory",
        ["--disk"] = "Ocs:Disk",
        ["--schedulers"] = "Ocs:Schedulers",
        ["--lease-seconds"] = "Ocs:LeaseSeconds",
        ["--lost-after-seconds"] = "Ocs:LostAfterSeconds",
        ["--postgres"] = "Ocs:Postgres",
        ["--migrate"] = "Ocs:Migrate",
        ["--checkpoints"] = "Ocs:Checkpoints",
        ["--entry"] = "Ocs:Entry",
        ["--dns"] = "Ocs:Dns",
        ["--mesos-image"] = "Ocs:MesosImage",
        ["--address"] = "Ocs:Address",
        ["--tls-certificate"] = "Ocs:TlsCertificate",
        ["--tls-key"] = "Ocs:TlsKey",
        ["--tls-authority"] = "Ocs:TlsAuthority",
        ["--otlp"] = "Ocs:Otlp",
        ["--otlp-protocol"] = "Ocs:OtlpProtocol",
        ["--silo-port"] = "Ocs:SiloPort",
        ["--gateway-port"] = "Ocs:GatewayPort",
        ["--dashboard"] = "Ocs:Dashboard",
    };

    /// <exception cref="SiloOptionsException">Something is wrong with them.</exception>
    public static SiloOptions Read(IConfiguration configuration, IReadOnlyList<string> arguments)
    {
        List<string> faults = [.. ArgumentFaults(NamedArguments.Split(arguments).Others), .. NamedArguments.FaultsOf(arguments)];
        var section = configuration.GetSection("Ocs");
        var defaults = new SiloOptions();
        var options = new SiloOptions
        {
            Cluster = section["Cluster"] ?? defaults.Cluster,
            Data = Path.GetFullPath(section["Data"] ?? defaults.Data),
            Listen = section["Listen"] ?? defaults.Listen,
            Runtime = (section["Runtime"] ?? defaults.Runtime).ToLowerInvariant(),
            DockerHost = section["DockerHost"],
            Node = section["Node"],
            NodeAddress = section["NodeAddress"],
            Nodes = Number("Nodes", 1, 100_000) ?? defaults.Nodes,
            Cpu = Number("Cpu", 1, int.MaxValue),
            Memory = Number("Memory", 1, int.MaxValue),
            Disk = Number("Disk", 0, int.MaxValue),
            Attributes = configuration.GetSection(NamedArguments.Attributes.Section).GetChildren()
                .ToImmutableSortedDictionary(attribute => attribute.Key, attribute => attribute.Value ?? "", StringComparer.Ordinal),
            Gpus = ExtraOptions.GpusOf(configuration),
            Amounts = ExtraOptions.AmountsOf(configuration),
            Schedulers = Number("Schedulers", 1, SchedulerShards.Most) ?? defaults.Schedulers,
            LeaseSeconds = Number("LeaseSeconds", 2, 3600) ?? defaults.LeaseSeconds,
            LostAfterSeconds = Number("LostAfterSeconds", 3, 7200) ?? defaults.LostAfterSeconds,
            Postgres = section["Postgres"],
            Migrate = Flag("Migrate"),
            Checkpoints = section["Checkpoints"],
            Entry = section["Entry"],
            EntryTcp = EntryOptionsReader.TcpOf(configuration),
            Dns = section["Dns"],
            MesosImage = section["MesosImage"],
            Address = section["Address"] ?? defaults.Address,
            TlsCertificate = section["TlsCertificate"],
            TlsKey = section["TlsKey"],
            TlsAuthority = section["TlsAuthority"],
            Otlp = section["Otlp"],
            OtlpProtocol = section["OtlpProtocol"],
            SiloPort = Number("SiloPort", 1, ushort.MaxValue),
            GatewayPort = Number("GatewayPort", 1, ushort.MaxValue),
            Dashboard = Flag("Dashboard"),
        };
        Check(options, faults);
        faults.AddRange(Engine.Faults(options));
        return faults.Count == 0 ? options : throw new SiloOptionsException(faults);

        int? Number(string name, int least, int most)
        {
            if (section[name] is not { } text)
                return null;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                return number;
            faults.Add($"{SwitchOf(name)}: '{text}' found; expected a whole number from {least} to {most}");
            return null;
        }

        bool Flag(string name)
        {
            if (section[name] is not { } text)
                return false;
            if (bool.TryParse(text, out var flag))
                return flag;
            faults.Add($"{SwitchOf(name)}: '{text}' found; expected true or false");
            return false;
        }
    }

    private static IEnumerable<string> ArgumentFaults(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i].Split('=')[0];
            if (!Switches.ContainsKey(name))
                yield return $"{arguments[i]}: unknown; expected one of {string.Join(" ", Switches.Keys)} {string.Join(" ", NamedArguments.All.Select(each => each.Option))}";
            else if (!arguments[i].Contains('=') && ++i == arguments.Count)
                yield return $"{name}: a value is missing";
        }
    }

    private static void Check(SiloOptions options, List<string> faults)
    {
        if (!IsName(options.Cluster))
            faults.Add($"--cluster: '{options.Cluster}' found; expected lower-case letters, digits and hyphens, beginning with a letter");
        if (options.Node is { } node && !IsName(node))
            faults.Add($"--node: '{node}' found; expected lower-case letters, digits and hyphens, beginning with a letter");
        if (options.NodeAddress is { } reached && !IPAddress.TryParse(reached, out _))
            faults.Add($"--node-address: '{reached}' found; expected an IP address, such as 10.0.0.11");
        if (options.Runtime is not ("docker" or "simulated" or "none"))
            faults.Add($"--runtime: '{options.Runtime}' found; expected docker, simulated or none");
        faults.AddRange(AttributeFaults.Of(options.Attributes));
        faults.AddRange(ExtraOptions.FaultsOf(options));
        faults.AddRange(EntryOptionsReader.FaultsOf(options));
        if (options.MesosImage is "")
            faults.Add("--mesos-image: nothing found; expected the name of an image, such as busybox");
        Parse("--listen", () => LoopbackAddress.Parse(options.Listen), faults);
        if (options.Runtime == "docker")
            Parse("--docker-host", () => SiloAgents.EndpointOf(options), faults);
        if (options.Postgres is not null)
            Parse("--postgres", () => StoreOf(options), faults);
        else if (options.Migrate)
            faults.Add("--migrate: nothing to migrate; expected --postgres beside it (a SQLite file is migrated by itself)");
        if (options.Checkpoints is { } checkpoints)
            Parse("--checkpoints", () => CheckpointLocation.Parse(checkpoints), faults);
        if (options.OtlpProtocol is { } protocol && !OtlpTarget.IsProtocol(protocol))
            faults.Add($"--otlp-protocol: '{protocol}' found; expected grpc or http/protobuf");
        else if (options.Otlp is { } otlp)
            Parse("--otlp", () => OtlpTarget.Parse(otlp, options.OtlpProtocol), faults);
        else if (options.OtlpProtocol is not null)
            faults.Add("--otlp-protocol: found without --otlp, which says where to");
        var given = new[] { options.Cpu, options.Memory, options.Disk }.Count(amount => amount is not null);
        if (options.Runtime == "docker" && (given is 1 or 2 || (given == 0 && options.Nodes > 1)))
            faults.Add("--cpu, --memory and --disk: with Docker give all three, or none to have them measured; with --nodes above 1 give all three");
        if (options.LostAfterSeconds <= options.LeaseSeconds)
            faults.Add($"--lost-after-seconds: {options.LostAfterSeconds} found; expected more than --lease-seconds ({options.LeaseSeconds}): an agent must have stopped its tasks before others start them");
    }

    /// <exception cref="ArgumentException">The connection string is none, or lacks something.</exception>
    public static PostgresStoreOptions StoreOf(SiloOptions options)
    {
        var store = new PostgresStoreOptions { ConnectionString = options.Postgres!, MigratesSchema = options.Migrate, IsExclusive = !Engine.HasManySilos };
        store.Validate();
        return store;
    }

    /// <summary>What has a parser of its own says itself what it expects.</summary>
    private static void Parse(string option, Func<object> parse, List<string> faults)
    {
        try
        {
            parse();
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or ArgumentException)
        {
            faults.Add($"{option}: {exception.Message}");
        }
    }

    private static bool IsName(string text) =>
        text.Length is >= 1 and <= 63 && char.IsAsciiLetterLower(text[0])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static string SwitchOf(string name) => Switches.First(s => s.Value == $"Ocs:{name}").Key;
}
