using OrleansCluster.Benchmarks.Figures;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Benchmarks.Gpu;

/// <summary>
/// Tasks and nodes as the traces of hkust-adsl/kubernetes-scheduler-simulator have them. Usable where there are no faults.
/// </summary>
internal sealed record GpuTrace(IReadOnlyList<GpuTask> Tasks, IReadOnlyList<GpuNode> Nodes, InputFaults Faults)
{
    private static readonly string[] _taskColumns = ["name", "cpu_milli", "memory_mib", "num_gpu", "gpu_milli"];
    private static readonly string[] _nodeColumns = ["sn", "cpu_milli", "memory_mib", "gpu", "model"];

    public static GpuTrace Read(FileInfo tasks, FileInfo nodes)
    {
        var faults = new InputFaults("the trace cannot be used");
        var trace = new GpuTrace(new TraceFile(tasks, faults).Read(_taskColumns, Task), new TraceFile(nodes, faults).Read(_nodeColumns, Node), faults);
        if (faults.Count > 0)
            return trace;

        if (trace.Tasks.All(task => task.Gpus == 0))
            faults.Add($"{tasks.Name}: no task asks for a GPU, so that no demand is ever reached");
        if (trace.Nodes.All(node => node.Devices == 0))
            faults.Add($"{nodes.Name}: no node has a GPU");
        if (trace.Nodes.Select(node => node.Model).Distinct().Count(model => model.Length > 0) is > GpuModels.Limit and var models)
            faults.Add($"{nodes.Name}: {models} GPU models, at most {GpuModels.Limit} are told apart");
        return trace;
    }

    private static GpuTask Task(TraceLine line)
    {
        var gpus = line.Number("num_gpu", 0, GpuNode.MostDevices);
        return new GpuTask(
            line.Text("name"),
            line.Number("cpu_milli", 0, int.MaxValue),
            line.Number("memory_mib", 0, int.MaxValue),
            gpus,
            gpus == 1 ? line.Number("gpu_milli", 1, GpuDemand.WholeDevice) : GpuDemand.WholeDevice,
            line.Text("gpu_spec"));
    }

    private static GpuNode Node(TraceLine line) => new(
        line.Text("sn"),
        line.Number("cpu_milli", 0, int.MaxValue),
        line.Number("memory_mib", 0, int.MaxValue),
        line.Number("gpu", 0, GpuNode.MostDevices),
        line.Text("model"));
}
