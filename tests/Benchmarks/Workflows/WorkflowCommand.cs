using System.CommandLine;
using System.Text.Json;
using OrleansCluster.Benchmarks.Figures;
using OrleansCluster.Benchmarks.Workflows.Format;
using OrleansCluster.Benchmarks.Workflows.Jobs;

namespace OrleansCluster.Benchmarks.Workflows;

internal static class WorkflowCommand
{
    private const int BadInput = 2;

    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = $"Workflows in WfFormat {WfFile.Version}", Arity = ArgumentArity.OneOrMore };
        var k = new Option<double>("--k") { Description = "What the recorded seconds are divided by", DefaultValueFactory = _ => 100 };
        var cores = new Option<int?>("--cores") { Description = "One node of this many cores; without it, nodes with the cores of the recorded machines" };
        var runtime = new Option<WorkflowRuntime>("--runtime") { Description = "simulated agents, or docker", DefaultValueFactory = _ => WorkflowRuntime.Simulated };
        var rounds = new Option<int>("--rounds") { Description = "How often each is run; the makespan is the median", DefaultValueFactory = _ => 1 };
        var image = new Option<string>("--image") { Description = "What runs sleep", DefaultValueFactory = _ => "ocs/busybox" };
        var emit = new Option<FileInfo?>("--emit") { Description = "Writes the job to this file, for ocs job submit, and runs nothing" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object; with several files, their rows in it" };
        var command = new Command(
            "workflow",
            "Scientific workflows as they really ran, as jobs whose tasks sleep: makespan beside the critical path, the best possible on so many cores, and the published makespan. "
            + "Progress goes to stderr. Examples: infra/bench workflow montage.json --k 100 --rounds 5; "
            + "infra/bench workflow /data/workflows/*.json --json; infra/bench workflow blast.json --runtime docker --k 1; "
            + "infra/bench workflow blast.json --k 10 --emit blast.yaml && infra/ocs job submit blast.yaml --watch")
        {
            files, k, cores, runtime, rounds, image, emit, json,
        };
        command.SetAction((parsed, cancellationToken) => Run(
            parsed.GetRequiredValue(files),
            new WorkflowSettings(parsed.GetValue(k), parsed.GetValue(cores), parsed.GetValue(runtime), parsed.GetValue(rounds), parsed.GetRequiredValue(image), parsed.GetValue(emit)),
            parsed.GetValue(json),
            cancellationToken));
        return command;
    }

    private static async Task<int> Run(FileInfo[] files, WorkflowSettings settings, bool asJson, CancellationToken cancellationToken)
    {
        var fault = settings.Fault ?? (settings is { Emit: not null } && files.Length > 1 ? "--emit takes one FILE" : null);
        if (fault is not null)
            return await Refuse(fault);
        var (plans, faults) = await Read(files, settings, cancellationToken);
        if (faults.Count > 0)
            return await Refuse(string.Join(Environment.NewLine, faults));
        if (settings.Emit is { } emit)
            return await Emit(plans[0], settings.K, emit, cancellationToken);

        var rows = new List<WorkflowRow>();
        await Console.Error.WriteLineAsync(Machine.Description);
        foreach (var plan in plans)
            rows.Add(await WorkflowBenchmark.Run(plan, settings, Console.Error, cancellationToken));
        if (!asJson)
            Console.WriteLine(WorkflowTable.Of(rows));
        else if (rows is [var one])
            Console.WriteLine(JsonSerializer.Serialize(one, JsonSerializerOptions.Web));
        else
            Console.WriteLine(JsonSerializer.Serialize(new { Benchmark = "workflow", Rows = rows }, JsonSerializerOptions.Web));
        return 0;
    }

    private static async Task<(List<WorkflowPlan> Plans, List<string> Faults)> Read(FileInfo[] files, WorkflowSettings settings, CancellationToken cancellationToken)
    {
        var (plans, faults) = (new List<WorkflowPlan>(), new List<string>());
        foreach (var file in files)
        {
            var read = await WfFile.Read(file, cancellationToken);
            var name = Path.GetFileNameWithoutExtension(file.Name);
            if (WorkflowPlan.Of(name, read, settings) is { } plan)
                plans.Add(plan);
            else
                faults.Add(read.Faults.ToText());
            foreach (var note in read.Notes)
                await Console.Error.WriteLineAsync($"{name}: {note}");
        }

        return (plans, faults);
    }

    private static async Task<int> Emit(WorkflowPlan plan, double k, FileInfo file, CancellationToken cancellationToken)
    {
        var text = file.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase)
            ? JsonSerializer.Serialize(plan.Job, ClusterJson.Options)
            : JobText.Of(plan.Job, FormattableString.Invariant($"{plan.Workflow.Name}, of {plan.File}; each task sleeps for its recorded runtime divided by {k}"));
        try
        {
            await File.WriteAllTextAsync(file.FullName, text, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return await Refuse($"{file} cannot be written: {exception.Message}");
        }

        await Console.Error.WriteLineAsync($"{plan.Job.Tasks.Length} tasks written to {file}: infra/ocs job submit {file} --watch");
        return 0;
    }

    private static async Task<int> Refuse(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return BadInput;
    }
}
