using System.CommandLine;
using OrleansCluster.Cli.Failures;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;
using OrleansCluster.Client;

namespace OrleansCluster.Cli.Tasks;

internal sealed class TaskListCommand : CliCommand
{
    private readonly Option<string?> _job = new("--job") { Description = "Only tasks of this job", HelpName = "ID" };
    private readonly Option<string?> _service = new("--service") { Description = "Only tasks of this service", HelpName = "NAME" };
    private readonly Option<string?> _framework = new("--framework") { Description = "Only tasks of this framework", HelpName = "NAME" };
    private readonly Option<TaskState?> _state = EnumOption.Create<TaskState>("--state", "Only tasks in this state");
    private readonly ListOptions _page;

    public TaskListCommand(CliRun run)
        : base(run, "list", "List tasks", "ocs task list --job wordcount-k3v9x2p7", "ocs task list --service web --state RUNNING", "ocs task list --state PROVISIONING")
    {
        Add(_job);
        Add(_service);
        Add(_framework);
        Add(_state);
        _page = new ListOptions(this);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var page = await _page.ReadAsync(call, ReaderOf(call), cancellationToken);
        if (call.IsJson)
        {
            call.Json.Write(page);
            return ExitCode.Ok;
        }

        // A column for them only: most tasks are not checked.
        var isChecked = page.Items.Any(task => task.Health is not null);
        var grid = isChecked
            ? new Grid("TASK", "STATE", "HEALTH", "NODE", "EXIT", "STARTED", "TOOK", "NOTE")
            : new Grid("TASK", "STATE", "NODE", "EXIT", "STARTED", "TOOK", "NOTE");
        foreach (var task in page.Items)
        {
            object[] health = isChecked ? [Words.Cell(task.Health)] : [];
            grid.Add([
                task.Id, Words.Cell(task), .. health, task.Node ?? "-", TaskText.ExitCodes(task), ShortTime.Ago(task.StartedAt, call.Now),
                ShortTime.Span(task.StartedAt, task.StoppedAt, call.Now), TaskText.Note(task)]);
        }

        grid.WriteTo(call, page);
        return ExitCode.Ok;
    }

    private Func<PageRequest, CancellationToken, Task<Page<TaskView>>> ReaderOf(Invocation call)
    {
        var state = call.Get(_state);
        return (call.Get(_job), call.Get(_service), call.Get(_framework)) switch
        {
            (var job, null, null) => (part, token) => call.Client.Tasks.GetPageAsync(job, state, part, token),
            (null, { } service, null) => (part, token) => call.Client.Tasks.GetPageOfServiceAsync(service, state, part, token),
            (null, null, { } framework) => (part, token) => call.Client.Tasks.GetPageOfFrameworkAsync(framework, state, part, token),
            ({ }, { }, null) => throw CliException.Usage("--job and --service are for one of the two: a task is of a job or of a service."),
            _ => throw CliException.Usage("--framework goes alone: a task of a framework is of no job and no service."),
        };
    }
}
