using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using OrleansCluster.Cli.Cluster;
using OrleansCluster.Cli.Compose;
using OrleansCluster.Cli.Definitions;
using OrleansCluster.Cli.Failures;
using OrleansCluster.Cli.Frameworks;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Jobs;
using OrleansCluster.Cli.Nodes;
using OrleansCluster.Cli.Output;
using OrleansCluster.Cli.Schedules;
using OrleansCluster.Cli.Runs;
using OrleansCluster.Cli.Services;
using OrleansCluster.Cli.Tasks;
using OrleansCluster.Cli.Teams;

namespace OrleansCluster.Cli;

/// <summary>The <c>ocs</c> command, as a function.</summary>
internal static class CliApp
{
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> Run(string[] args, CliHost host, CancellationToken cancellationToken)
    {
        var options = new GlobalOptions(host);
        var parsed = CreateRoot(new CliRun(host, options)).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var report = new FailureReport(host.Error, parsed.GetResult(options.Json) is { Implicit: false });
        try
        {
            if (parsed.Action is ParseErrorAction) throw CliException.Usage(parsed);
            return await parsed.InvokeAsync(Configure(host), cancellationToken);
        }
        catch (Exception exception) when (Failure.Of(exception) is { } failure)
        {
            var code = report.Write(failure);
            return parsed.CommandResult.Command is CliCommand command ? command.WhenFailed(code) : code;
        }
        catch (IOException exception) when (StandardOutput.IsClosed(exception))
        {
            return ExitCode.OutputClosed;
        }
    }

    private static InvocationConfiguration Configure(CliHost host) => new()
    {
        Output = host.Out,
        Error = host.Error,
        EnableDefaultExceptionHandler = false,

        // Ctrl-C is the host's.
        ProcessTerminationTimeout = null,
    };

    // Not a RootCommand: that takes its name from the process, and help in a test would differ from the one that users see.
    private static Command CreateRoot(CliRun run)
    {
        var root = new Command("ocs", "Submit jobs to an OrleansCluster, deploy services, watch them and ask why they are where they are.")
        {
            new CommandGroup(
                "job", "Jobs: named tasks that end, with dependencies",
                new JobSubmitCommand(run), new JobPlanCommand(run), new JobListCommand(run), new JobShowCommand(run), new JobWatchCommand(run), new JobStopCommand(run)),
            new CommandGroup(
                "task", "Tasks: running instances of task definitions",
                new TaskListCommand(run), new TaskShowCommand(run), new TaskLogsCommand(run), new TaskStartCommand(run), new TaskStopCommand(run),
                new TaskCheckpointCommand(run), new TaskCheckpointsCommand(run)),
            new CommandGroup(
                "schedule", "Schedules: jobs that start again and again",
                new ScheduleApplyCommand(run), new ScheduleListCommand(run), new ScheduleShowCommand(run), new ScheduleRunCommand(run), new SchedulePauseCommand(run),
                new ScheduleResumeCommand(run), new ScheduleDeleteCommand(run)),
            new CommandGroup(
                "service", "Services: tasks that stay up, and their deployments",
                new ServiceCreateCommand(run), new ServiceUpdateCommand(run), new ServiceScaleCommand(run), new ServiceListCommand(run), new ServiceShowCommand(run),
                new ServiceEventsCommand(run), new ServiceRollbackCommand(run), new ServiceStopDeploymentCommand(run), new ServiceApproveCommand(run),
                new ServiceRebalanceCommand(run), new ServiceProtectCommand(run), new ServiceEndpointsCommand(run), new ServiceMetricCommand(run), new ServiceDeleteCommand(run)),
            new DeployCommand(run),
            new CommandGroup("compose", "Compose files, as services", new ComposeUpCommand(run), new ComposeDownCommand(run)),
            new CommandGroup("node", "Nodes: the hosts that run tasks", new NodeListCommand(run), new NodeShowCommand(run), new NodeDrainCommand(run), new NodeActivateCommand(run)),
            new CommandGroup(
                "definition", "Task definitions: what to run, in revisions",
                new DefinitionRegisterCommand(run), new DefinitionListCommand(run), new DefinitionShowCommand(run)),
            new RunCommand(run),
            new CommandGroup(
                "team", "Teams: shares of the cluster, and what was used of them",
                new TeamApplyCommand(run), new TeamListCommand(run), new TeamShowCommand(run), new TeamUsageCommand(run), new TeamDeleteCommand(run)),
            new CommandGroup(
                "framework", "Frameworks: schedulers that are not the cluster's own",
                new FrameworkListCommand(run), new FrameworkShowCommand(run), new FrameworkRemoveCommand(run)),
            new ExplainCommand(run),
            new EventsCommand(run),
            new SchemaCommand(run),
            run.Options.Address,
            run.Options.Cluster,
            run.Options.Json,
            new HelpOption { Action = new HelpWithExamples(new HelpAction { MaxWidth = run.Host.Width }) },
            new VersionOption(),
        };
        return root;
    }
}
