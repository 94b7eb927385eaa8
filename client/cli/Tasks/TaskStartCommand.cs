using System.CommandLine;
using OrleansCluster.Cli.Failures;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Jobs;
using OrleansCluster.Cli.Output;
using OrleansCluster.Cli.Runs;
using OrleansCluster.Client;
using OrleansCluster.Files;

namespace OrleansCluster.Cli.Tasks;

/// <summary>Tasks on nodes of the user's choice: ECS's StartTask.</summary>
internal sealed class TaskStartCommand : CliCommand
{
    private readonly Argument<string[]> _words = new("IMAGE -- COMMAND") { Description = "The image, and after -- its command; with --definition the command alone", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _nodes = new("--node") { Description = "A node to start it on; repeatable", HelpName = "NAME", Required = true };
    private readonly Option<string?> _definition = new("--definition") { Description = "In place of IMAGE, a registered task definition", HelpName = "FAMILY[:REVISION]" };
    private readonly Option<string?> _container = new("--container") { Description = "Of a definition, the one that COMMAND, --env, --cpu and --memory are for", HelpName = "NAME" };
    private readonly Option<int?> _cpu = new("--cpu") { Description = $"Millicores (default {RunRequest.StandardCpu}, or the definition's)", HelpName = "N" };
    private readonly Option<int?> _memory = new("--memory") { Description = $"MiB (default {RunRequest.StandardMemory}, or the definition's)", HelpName = "N" };
    private readonly Option<string[]> _environment = new("--env") { Description = "A variable; repeatable", HelpName = "NAME=VALUE" };
    private readonly Option<int> _count = new("--count") { Description = "How many of it on each node", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _team = new("--team") { Description = "Whose share of the cluster it uses", HelpName = "NAME", DefaultValueFactory = _ => "default" };
    private readonly Option<int> _priority = new("--priority") { Description = "0 to 100", HelpName = "N", DefaultValueFactory = _ => 50 };
    private readonly Option<string> _startedBy = new("--started-by") { Description = "The name of the job that the tasks become", HelpName = "NAME", DefaultValueFactory = _ => "start" };

    public TaskStartCommand(CliRun run)
        : base(
            run, "start", "Start tasks on nodes of your choice, all of them or none, without any scheduler",
            "ocs task start --node node-2 ocs/busybox -- sleep 600",
            "ocs task start --node node-1 --node node-2 --count 2 --definition web:3",
            "ocs task start --node node-2 --definition report --env MONTH=11 --started-by monthly --json | jq -r .id")
    {
        Add(_words);
        foreach (var option in (ReadOnlySpan<Option>)[_nodes, _definition, _container, _cpu, _memory, _environment, _count, _team, _priority, _startedBy])
            Add(option);
    }

    public override IReadOnlyList<string> Remarks => ["What does not fit there is refused and says what is short: nothing waits, and nothing is started elsewhere.", ""];

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var request = Read(call);
        JobView job;
        try
        {
            job = await call.Client.Tasks.StartAsync(request, cancellationToken);
        }
        catch (ClusterApiException refused)
        {
            throw new CliException(Failure.Of(refused, Locate));
        }

        if (call.IsJson) call.Json.Write(job);
        else call.Host.Out.WriteLine(Plain.Line($"Job {job.Id} placed: {JobText.Tasks(job)} on {string.Join(", ", request.Nodes)}. See them: ocs task list --job {job.Id}"));
        return ExitCode.Ok;
    }

    private StartTaskRequest Read(Invocation call)
    {
        var (words, definition) = (call.GetOptional(_words) ?? [], call.Get(_definition));
        if (words[..^call.WordsAfterDashes].FirstOrDefault(word => word.StartsWith('-')) is { } slip)
            throw CliException.Usage($"'{slip}' is no option of ocs task start; what is the container's goes after --.");
        if (definition is null && words.Length == 0)
            throw CliException.Usage("Expected IMAGE, or --definition FAMILY.");
        var changes = words.Length > 0 || call.Get(_cpu) is not null || call.Get(_memory) is not null || call.Get(_environment) is { Length: > 0 };
        if (definition is not null && changes && call.Get(_container) is null)
            throw CliException.Usage("COMMAND, --env, --cpu and --memory change a definition's container: expected --container NAME.");
        var run = new RunRequest(
            call.Get(_startedBy)!, definition is null ? words[0] : null, definition, [.. definition is null ? words[1..] : words], RunEnvironment.Parse(call.Get(_environment) ?? []),
            call.Get(_cpu), call.Get(_memory), call.Get(_count), call.Get(_team)!, call.Get(_priority));
        var task = run.ToJob(call.Get(_container) ?? RunRequest.Container).Tasks[0];
        return new StartTaskRequest
        {
            Nodes = [.. call.Get(_nodes) ?? []],
            Definition = task.Definition,
            Containers = task.Containers,
            Overrides = task.Overrides,
            Count = run.Count,
            Team = run.Team,
            Priority = run.Priority,
            StartedBy = run.Name,
        };
    }

    private static LocatedFault Locate(Fault fault) => fault.Path switch
    {
        "/startedBy" => new LocatedFault { Path = "--started-by", Message = fault.Message },
        _ when fault.Path.StartsWith("/nodes", StringComparison.Ordinal) => new LocatedFault { Path = "--node", Message = fault.Message },
        "/team" or "/priority" => RunFaults.Locate(fault),
        _ => RunFaults.Locate(fault with { Path = $"/tasks/0{fault.Path}" }),
    };
}
