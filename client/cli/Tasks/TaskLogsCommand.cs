using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Client;

namespace OrleansCluster.Cli.Tasks;

internal sealed class TaskLogsCommand : CliCommand
{
    private readonly Argument<string> _id = TaskArguments.Id();
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on with the lines to come until the container has ended" };
    private readonly Option<string?> _container = new("--container") { Description = "Of a task with several containers, whose", HelpName = "NAME" };
    private readonly Option<int?> _attempt = new("--attempt") { Description = "An earlier attempt's: 1, 2, …", HelpName = "N" };

    public TaskLogsCommand(CliRun run)
        : base(
            run, "logs", "Print what a task's container has written: its stdout on stdout, its stderr on stderr",
            "ocs task logs wordcount-k3v9x2p7.merge.0",
            "ocs task logs web-d4x8m2q6.web.0 --container app --follow")
    {
        Add(_id);
        Add(_follow);
        Add(_container);
        Add(_attempt);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var query = new LogQuery { Container = call.Get(_container), Attempt = call.Get(_attempt) };
        call.WhenInterrupted = "Interrupted. The task goes on.";
        if (call.Get(_follow)) await FollowAsync(call, query, cancellationToken);
        else await PrintAsync(call, query, cancellationToken);
        return ExitCode.Ok;
    }

    private async Task FollowAsync(Invocation call, LogQuery query, CancellationToken cancellationToken)
    {
        await foreach (var line in call.Client.Tasks.FollowLogsAsync(call.Get(_id), query, cancellationToken))
            Write(call, line);
    }

    private async Task PrintAsync(Invocation call, LogQuery query, CancellationToken cancellationToken)
    {
        LogChunk chunk;
        do
        {
            chunk = await call.Client.Tasks.GetLogsAsync(call.Get(_id), query, cancellationToken);
            foreach (var line in chunk.Lines)
                Write(call, line);
            query = query with { From = chunk.Next };
        }
        while (!chunk.IsEnd && chunk.Lines.Length > 0);
        if (chunk.Note is { } note) call.Host.Error.WriteLine($"ocs: {note}");
    }

    private static void Write(Invocation call, LogLine line)
    {
        if (call.IsJson)
        {
            call.Json.WriteLine(line);
            return;
        }

        var output = line.Stream == "stderr" ? call.Host.Error : call.Host.Out;
        output.WriteLine(line.Text);
        output.Flush();
    }
}
