using System.Collections.Immutable;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>Mesos's health checks as those of a container; times that are longer than may be are as long as may be.</summary>
internal static class HealthTranslation
{
    private const double DefaultInterval = 10;
    private const double DefaultTimeout = 20;
    private const double DefaultFailures = 3;
    private const double DefaultGrace = 10;

    public static (HealthCheckSpec? Check, string? Fault) Translate(MesosValue check, ImmutableArray<PortMapping> ports)
    {
        var spec = new HealthCheckSpec
        {
            Interval = Within(check["interval_seconds"].Number ?? DefaultInterval, 1, 300),
            Timeout = Within(check["timeout_seconds"].Number ?? DefaultTimeout, 1, 60),
            Retries = Within(check["consecutive_failures"].Number ?? DefaultFailures, 1, 10),
            StartPeriod = Within(check["grace_period_seconds"].Number ?? DefaultGrace, 0, 300),
        };
        if (check["command"].IsThere)
        {
            var value = check["command"]["value"].Text ?? "";
            var isShell = CommandTranslation.IsShell(check["command"]);
            return (spec with { Command = isShell ? ["/bin/sh", "-c", value] : [value, .. check["command"]["arguments"].Items.Skip(1).Select(argument => argument.Text ?? "")] }, null);
        }

        if (check["http"].IsThere)
        {
            var http = check["http"];
            if (http["scheme"].Text is { } scheme && scheme != "http")
                return (null, $"a health check by {scheme} is not supported; expected http");
            var statuses = http["statuses"].Items;
            return (spec with { Http = new HttpCheckSpec { Port = PortOf(http, ports), Path = http["path"].Text ?? "/", Status = statuses is [var only] ? (int?)only.Number : null } }, null);
        }

        return check["tcp"].IsThere ? (spec with { Tcp = new TcpCheckSpec { Port = PortOf(check["tcp"], ports) } }, null) : (null, "health_check has neither command nor http nor tcp");
    }

    /// <summary>The container's own; some clients name the one that it is published at.</summary>
    private static int PortOf(MesosValue check, ImmutableArray<PortMapping> ports)
    {
        var port = (int)Math.Clamp(check["port"].Number ?? 0, 0, ushort.MaxValue);
        return ports.Any(mapping => mapping.Container == port) ? port : ports.FirstOrDefault(mapping => mapping.Host == port)?.Container ?? port;
    }

    private static int Within(double number, int least, int most) => (int)Math.Clamp(double.IsNaN(number) ? least : Math.Ceiling(number), least, most);
}
