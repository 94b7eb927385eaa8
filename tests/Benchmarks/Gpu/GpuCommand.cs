using System.CommandLine;
using System.Text.Json;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Benchmarks.Gpu;

internal static class GpuCommand
{
    public static Command Create()
    {
        var tasks = new Option<FileInfo>("--tasks") { Description = "CSV of tasks: name,cpu_milli,memory_mib,num_gpu,gpu_milli[,gpu_spec]", Required = true };
        var nodes = new Option<FileInfo>("--nodes") { Description = "CSV of nodes: sn,cpu_milli,memory_mib,gpu,model", Required = true };
        var strategy = new Option<GpuStrategy?>("--strategy") { Description = "random, bestfit or fgd; all three without it" };
        var seeds = new Option<int>("--seeds") { Description = "Shuffles of the tasks", DefaultValueFactory = _ => 10 };
        var json = new Option<bool>("--json") { Description = "End with one JSON object" };
        var command = new Command(
            "gpu",
            "Share of all GPU capacity allocated when 100 % and 130 % of it have been asked for, on a trace in the format of the FGD paper (USENIX ATC 2023). "
            + "Example: infra/bench gpu --tasks openb_pod_list_default.csv --nodes openb_node_list_gpu_node.csv --strategy fgd --json")
        {
            tasks, nodes, strategy, seeds, json,
        };
        command.SetAction(parsed =>
        {
            var settings = new GpuSettings(parsed.GetRequiredValue(tasks), parsed.GetRequiredValue(nodes), parsed.GetValue(strategy), parsed.GetValue(seeds));
            if (settings.Fault is { } fault)
            {
                Console.Error.WriteLine(fault);
                return 2;
            }

            var trace = GpuTrace.Read(settings.Tasks, settings.Nodes);
            if (trace.Faults.Count > 0)
            {
                Console.Error.WriteLine(trace.Faults.ToText());
                return 2;
            }

            var result = GpuBenchmark.Run(settings, trace, Console.Out);
            if (parsed.GetValue(json))
                Console.WriteLine(settings.Strategy is null ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web) : JsonSerializer.Serialize(result.Rows[0], JsonSerializerOptions.Web));
            return 0;
        });
        return command;
    }
}
