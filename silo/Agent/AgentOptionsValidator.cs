using System.Collections.Immutable;
using OrleansCluster.Placement.Constraints;
using OrleansCluster.Placement.Extras;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Silo.Agent;

/// <summary>Finds everything wrong with the options of one host's agents at once.</summary>
internal static class AgentOptionsValidator
{
    private const int LongestName = 63;

    public static ImmutableArray<Fault> Validate(IReadOnlyList<AgentOptions> agents)
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        for (var i = 0; i < agents.Count; i++)
            Validate(agents[i], $"/agents/{i}", faults);
        foreach (var twice in agents.GroupBy(agent => (agent.Cluster, agent.Node)).Where(group => group.Count() > 1))
            faults.Add(new Fault("/agents", $"Node {twice.Key.Node} of cluster {twice.Key.Cluster} has {twice.Count()} agents; it can have one."));
        foreach (var shared in agents.Where(agent => agent.DataDirectory is not null).GroupBy(agent => agent.DataDirectory).Where(group => group.Count() > 1))
            faults.Add(new Fault("/agents", $"{shared.Count()} agents share the folder '{shared.Key}'; each needs its own."));
        return faults.ToImmutable();
    }

    private static void Validate(AgentOptions agent, string path, ImmutableArray<Fault>.Builder faults)
    {
        Name(agent.Cluster, "cluster");
        Name(agent.Node, "node");
        Check(agent.DataDirectory is null || !string.IsNullOrWhiteSpace(agent.DataDirectory), "dataDirectory", "is empty; expected a folder that the silo may write to");
        Check(agent.ReserveCpu >= 0, "reserveCpu", $"is {agent.ReserveCpu}; expected millicores, 0 or more");
        Check(agent.ReserveMemory >= 0, "reserveMemory", $"is {agent.ReserveMemory}; expected MiB, 0 or more");
        if (agent.Capacity is { } capacity)
            Check(capacity is { Cpu: > 0, Memory: > 0, Disk: >= 0 }, "capacity", $"is {capacity}; expected CPU and memory above 0");
        foreach (var (name, value) in agent.Attributes)
        {
            Check(NodeAttributes.IsName(name), $"attributes/{name}", $"is no attribute's name; expected {NodeAttributes.NameExpectation}");
            Check(NodeAttributes.IsValue(value), $"attributes/{name}", $"is '{value}'; expected {NodeAttributes.ValueExpectation}");
        }

        CheckExtras(agent);
        Check(agent.LaunchesAtOnce is >= 1 and <= 64, "launchesAtOnce", $"is {agent.LaunchesAtOnce}; expected 1 to 64");
        Check(agent.ProbesAtOnce is >= 1 and <= 1_000, "probesAtOnce", $"is {agent.ProbesAtOnce}; expected 1 to 1000");
        Check(agent.ReportBatch is >= 1 and <= 10_000, "reportBatch", $"is {agent.ReportBatch}; expected 1 to 10000");
        Period(agent.ReconcilePeriod, "reconcilePeriod");
        Period(agent.UsagePeriod, "usagePeriod");
        Period(agent.WatchWait, "watchWait");
        Check(agent.FenceTimeout >= TimeSpan.Zero && agent.FenceTimeout <= TimeSpan.FromMinutes(1), "fenceTimeout", $"is {agent.FenceTimeout}; expected 0 to 1 minute");
        Check(agent.LogBytes is >= 1024 and <= 1L << 32, "logBytes", $"is {agent.LogBytes}; expected 1 KiB to 4 GiB");
        Check(agent.LogTasks is >= 1 and <= 100_000, "logTasks", $"is {agent.LogTasks}; expected 1 to 100000");
        Check(agent.LogAge > TimeSpan.Zero, "logAge", $"is {agent.LogAge}; expected more than 0");

        void CheckExtras(AgentOptions agent)
        {
            Check(agent.Gpus.Length <= GpuNode.MostDevices, "gpus", $"are {agent.Gpus.Length}; expected at most {GpuNode.MostDevices}");
            Check(agent.Gpus.DistinctBy(gpu => gpu.Id, StringComparer.Ordinal).Count() == agent.Gpus.Length, "gpus", "have an id twice; expected ids that differ");
            foreach (var gpu in agent.Gpus)
            {
                Check(ExtraNames.IsDevice(gpu.Id), "gpus", $"have the id '{gpu.Id}'; expected {ExtraNames.DeviceExpectation}");
                Check(gpu.Model.Length == 0 || ExtraNames.IsModel(gpu.Model), "gpus", $"have the model '{gpu.Model}'; expected {ExtraNames.ModelExpectation}");
            }

            Check(agent.Amounts.Count <= ExtraNames.MostAmounts, "amounts", $"are {agent.Amounts.Count}; expected at most {ExtraNames.MostAmounts}");
            foreach (var (name, amount) in agent.Amounts)
            {
                Check(ExtraNames.IsAmount(name), $"amounts/{name}", $"is no amount's name; expected {ExtraNames.AmountExpectation}");
                Check(amount is >= 0 and <= ExtraNames.LargestAmount, $"amounts/{name}", $"is {amount}; expected 0 to {ExtraNames.LargestAmount}");
            }
        }

        void Name(string value, string field) =>
            Check(IsName(value), field, $"is '{value}'; expected letters, digits and hyphens, 1 to {LongestName} characters");

        void Period(TimeSpan value, string field) =>
            Check(value >= TimeSpan.FromMilliseconds(100) && value <= TimeSpan.FromHours(1), field, $"is {value}; expected 0.1 seconds to 1 hour");

        void Check(bool holds, string field, string message)
        {
            if (!holds)
                faults.Add(new Fault($"{path}/{field}", $"{field} {message}."));
        }
    }

    private static bool IsName(string? value) => value is { Length: >= 1 and <= LongestName } && value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
