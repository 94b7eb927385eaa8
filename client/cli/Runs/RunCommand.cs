using System.Collections.Immutable;
using System.CommandLine;
using OrleansCluster.Cli.Definitions;
using OrleansCluster.Cli.Failures;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Jobs;
using OrleansCluster.Client;

namespace OrleansCluster.Cli.Runs;

/// <summary>One task, now, as if it were a process of this shell: ECS's RunTask for people and scripts.</summary>
internal sealed class RunCommand : CliCommand
{
    /// <summary>Each is followed by a stream of its own.</summary>
    private const int MostFollowed = 100;

    private readonly Argument<string[]> _words = new("IMAGE -- COMMAND") { Description = "The image, and after -- its command; with --definition the command alone", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _definition = new("--definition") { Description = "In place of IMAGE, a registered task definition", HelpName = "FAMILY[:REVISION]" };
    private readonly Option<string?> _container = new("--container") { Description = "Of a definition with several containers, the one that COMMAND, --env, --cpu and --memory are for", HelpName = "NAME" };
    private readonly Option<int?> _cpu = new("--cpu") { Description = $"Millicores (default {RunRequest.StandardCpu}, or the definition's)", HelpName = "N" };
    private readonly Option<int?> _memory = new("--memory") { Description = $"MiB (default {RunRequest.StandardMemory}, or the definition's)", HelpName = "N" };
    private readonly Option<string[]> _environment = new("--env") { Description = "A variable; repeatable", HelpName = "NAME=VALUE" };
    private readonly Option<string?> _name = new("--name") { Description = "The job's name (default: run-, the image's and something random)", HelpName = "NAME" };
    private readonly Option<int> _count = new("--count") { Description = "How many of it; each has its OCS_TASK_INDEX", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _team = new("--team") { Description = "Whose share of the cluster it uses", HelpName = "NAME", DefaultValueFactory = _ => "default" };
    private readonly Option<int> _priority = new("--priority") { Description = "0 to 100; higher goes first", HelpName = "N", DefaultValueFactory = _ => 50 };
    private readonly Option<bool> _detach = new("--detach", "-d") { Description = "Print the job's id and leave" };

    public RunCommand(CliRun run)
        : base(
            run, "run", "Run a container somewhere in the cluster, follow its output and end with its exit code",
            "ocs run ocs/busybox -- sh -c \"echo hello; exit 3\"",
            "ocs run ocs/busybox --cpu 500 --memory 128 --env GREETING=hello -- sh -c 'echo $GREETING'",
            "ocs run --definition report:3 --count 4 --env MONTH=11 -- make report",
            "ocs run ocs/busybox --detach -- sleep 600",
            "ocs run ocs/busybox --json -- date | jq -r .text")
    {
        Add(_words);
        foreach (var option in (ReadOnlySpan<Option>)[_definition, _container, _cpu, _memory, _environment, _name, _count, _team, _priority, _detach])
            Add(option);
    }

    public override IReadOnlyList<(int Code, string Meaning)> ExitCodes => ExitCode.OfRun;

    public override IReadOnlyList<string> Remarks =>
    [
        "Exit code: the container's; 128 + n where a signal ended it; of several, the first in their order that is not 0.",
        "Ctrl-C stops the job; a second one leaves at once. With --json, stdout has a document a line: what containers write, and last how it ended.",
        "",
    ];

    public override int WhenFailed(int code) => code is ExitCode.BadInput or ExitCode.Refused or ExitCode.Unreachable ? ExitCode.NothingRun : code;

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var key = call.Host.Keys.NewKey();
        var request = Read(call, key);
        var definition = request.Definition is null ? null : await FindAsync(call, request.Definition, cancellationToken);
        var spec = request.ToJob(definition is null ? RunRequest.Container : ContainerOf(call, definition));
        ImmutableArray<string> containers = definition is null ? [RunRequest.Container] : [.. definition.Containers.Select(container => container.Name)];
        var stop = new RunStop(call);
        JobView job;
        try
        {
            job = await SubmitAsync(call, spec, key, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It may have been accepted all the same; the same key finds it.
            throw await stop.InterruptAsync(token => SubmitAsync(call, spec, key, token));
        }

        if (call.Get(_detach))
        {
            WriteAccepted(call, job);
            return ExitCode.Ok;
        }

        try
        {
            return await new JobFollow(call, job.Id, request.Count, containers).RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw await stop.InterruptAsync(_ => Task.FromResult(job));
        }
    }

    private RunRequest Read(Invocation call, string key)
    {
        var (words, definition) = (call.GetOptional(_words) ?? [], call.Get(_definition));
        var count = call.Get(_count);
        if (words[..^call.WordsAfterDashes].FirstOrDefault(word => word.StartsWith('-')) is { } slip)
            throw CliException.Usage($"'{slip}' is no option of ocs run; what is the container's goes after --.");
        if (definition is null && words.Length == 0)
            throw CliException.Usage("Expected IMAGE, or --definition FAMILY.");
        if (definition is null && call.Get(_container) is not null)
            throw CliException.Usage("--container goes with --definition: what has an IMAGE has one container.");
        if (count > MostFollowed && !call.Get(_detach))
            throw CliException.Usage($"--count {count} is too many to follow: at most {MostFollowed} without --detach.");
        var image = definition is null ? words[0] : null;
        return new RunRequest(
            call.Get(_name) ?? RunName.Of(image ?? definition!, key),
            image,
            definition,
            [.. definition is null ? words[1..] : words],
            RunEnvironment.Parse(call.Get(_environment) ?? []),
            call.Get(_cpu),
            call.Get(_memory),
            count,
            call.Get(_team)!,
            call.Get(_priority));
    }

    private static Task<TaskDefinition> FindAsync(Invocation call, string name, CancellationToken cancellationToken)
    {
        var (family, revision) = DefinitionName.Parse(name);
        return call.Client.TaskDefinitions.GetAsync(family, revision, cancellationToken);
    }

    private string ContainerOf(Invocation call, TaskDefinition definition)
    {
        if (call.Get(_container) is { } name)
            return name;
        return definition.Containers is [var only]
            ? only.Name
            : throw CliException.Usage($"{definition.Name} has several containers; expected --container with one of {string.Join(", ", definition.Containers.Select(container => container.Name))}.");
    }

    private static async Task<JobView> SubmitAsync(Invocation call, JobSpec spec, string key, CancellationToken cancellationToken)
    {
        try
        {
            return await call.Client.Jobs.SubmitAsync(spec, key, cancellationToken);
        }
        catch (ClusterApiException refused)
        {
            throw new CliException(Failure.Of(refused, RunFaults.Locate));
        }
    }

    private static void WriteAccepted(Invocation call, JobView job)
    {
        if (call.IsJson) call.Json.Write(job);
        else call.Host.Out.WriteLine($"Job {job.Id} accepted: {JobText.Tasks(job)}. Its output: ocs task logs {TaskId.Of(job.Id, RunRequest.Task, 0)} --follow");
    }
}
