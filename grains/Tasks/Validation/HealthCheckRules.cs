using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>What holds for containers' health checks.</summary>
internal static class HealthCheckRules
{
    private const int LargestPort = 65_535;
    private const int LeastStatus = 100;
    private const int LargestStatus = 599;

    public static void Check(FaultList faults, ImmutableArray<Item<ContainerSpec>> containers, NetworkMode network)
    {
        foreach (var (path, container) in containers)
        {
            if (container.HealthCheck is { } check)
                Check(faults, $"{path}/healthCheck", check, network);
        }
    }

    private static void Check(FaultList faults, string path, HealthCheckSpec check, NetworkMode network)
    {
        string[] kinds = [.. Kinds(check)];
        if (kinds.Length != 1)
            faults.Add(path, $"expected exactly one of command, http, tcp and image: true, found {(kinds.Length == 0 ? "none" : string.Join(" and ", kinds))}");
        ContainerRules.CheckWords(faults, $"{path}/command", check.Command);
        CheckHttp(faults, $"{path}/http", check.Http);
        if (check.Tcp is { } tcp)
            faults.CheckRange($"{path}/tcp/port", tcp.Port, 1, LargestPort);
        if (network == NetworkMode.None)
            CheckReachable(faults, path, check);
        CheckTimes(faults, path, check);
    }

    private static IEnumerable<string> Kinds(HealthCheckSpec check)
    {
        if (!check.Command.IsDefaultOrEmpty)
            yield return "command";
        if (check.Http is not null)
            yield return "http";
        if (check.Tcp is not null)
            yield return "tcp";
        if (check.Image)
            yield return "image";
    }

    private static void CheckHttp(FaultList faults, string path, HttpCheckSpec? http)
    {
        if (http is null)
            return;
        faults.CheckRange($"{path}/port", http.Port, 1, LargestPort);
        if (http.Path is null || !http.Path.StartsWith('/') || http.Path.Any(letter => letter is <= ' ' or '#' or > '~'))
            faults.Add($"{path}/path", $"{Quoted.Of(http.Path)} is no path of a URL: expected one that begins with '/', and nothing in it but printable ASCII without blanks and '#'");
        else
            faults.CheckText($"{path}/path", http.Path, SpecLimits.PathLength);
        if (http.Status is { } status)
            faults.CheckRange($"{path}/status", status, LeastStatus, LargestStatus);
    }

    private static void CheckReachable(FaultList faults, string path, HealthCheckSpec check)
    {
        foreach (var kind in Kinds(check).Where(kind => kind is "http" or "tcp"))
            faults.Add($"{path}/{kind}", "a task without a network cannot be reached by its node's agent: expected network BRIDGE or HOST, or a command");
    }

    private static void CheckTimes(FaultList faults, string path, HealthCheckSpec check)
    {
        if (check.Interval is { } interval)
            faults.CheckRange($"{path}/interval", interval, 1, SpecLimits.LongestHealthInterval);
        if (check.Timeout is { } timeout)
            faults.CheckRange($"{path}/timeout", timeout, 1, SpecLimits.LongestHealthTimeout);
        if (check.Retries is { } retries)
            faults.CheckRange($"{path}/retries", retries, 1, SpecLimits.HealthRetries);
        if (check.StartPeriod is { } period)
            faults.CheckRange($"{path}/startPeriod", period, 0, SpecLimits.LongestStartPeriod);
    }
}
