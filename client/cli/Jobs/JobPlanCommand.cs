using System.CommandLine;
using System.Text.Json;
using OrleansCluster.Cli.Failures;
using OrleansCluster.Cli.Files;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Jobs;

internal sealed class JobPlanCommand : CliCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = JobArguments.FileDescription };
    private readonly Option<string?> _out = new("--out") { Description = "Keeps the plan in this file, for ocs job submit --plan", HelpName = "PLAN" };

    public JobPlanCommand(CliRun run)
        : base(
            run, "plan", "Show where a job's first tasks would run; nothing changes",
            "ocs job plan wordcount.yaml",
            "ocs job plan wordcount.yaml --out plan.json && ocs job submit --plan plan.json")
    {
        Add(_file);
        Add(_out);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var document = await InputFile.ReadAsync<JobSpec>(call.Get(_file), call.Host, cancellationToken);
        var plan = await document.SendAsync(job => call.Client.Jobs.PlanRawAsync(job, cancellationToken));
        if (call.Get(_out) is { } path) await KeepAsync(path, plan, cancellationToken);
        if (call.IsJson) call.Json.Write(plan);
        else Write(call, plan);
        return ExitCode.Ok;
    }

    private static async Task KeepAsync(string path, JobPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(plan, ClusterJson.Options), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CliException.Input($"The plan could not be kept: {exception.Message}", []);
        }
    }

    private void Write(Invocation call, JobPlan plan)
    {
        var grid = new Grid("TASK", "INSTANCES", "NODE", "NOTE");
        foreach (var placement in plan.Placements)
            grid.Add(placement.Task, placement.Indexes.Length, placement.Node, "");
        foreach (var unplaced in plan.Unplaced)
            grid.Add(unplaced.Task, unplaced.Count, "-", unplaced.Reason);
        foreach (var task in plan.Spec.Tasks.Where(task => plan.Later.Contains(task.Name)))
            grid.Add(task.Name, task.Count, "-", $"starts after {string.Join(", ", task.DependsOn)}");
        grid.WriteTo(call.Console);
        if (call.Get(_out) is { } path)
            call.Host.Out.WriteLine(Plain.Line($"Submit it, exactly so or not at all: ocs job submit --plan {path}"));
    }
}
