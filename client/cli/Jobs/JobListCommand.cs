using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Jobs;

internal sealed class JobListCommand : CliCommand
{
    private readonly Option<JobStatus?> _status = EnumOption.Create<JobStatus>("--status", "Only jobs in this state");
    private readonly ListOptions _page;

    public JobListCommand(CliRun run)
        : base(run, "list", "List jobs", "ocs job list --status RUNNING", "ocs job list --json | jq -r '.items[].id'")
    {
        Add(_status);
        _page = new ListOptions(this);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var status = call.Get(_status);
        var page = await _page.ReadAsync(call, (part, token) => call.Client.Jobs.GetPageAsync(status, part, token), cancellationToken);
        if (call.IsJson)
        {
            call.Json.Write(page);
            return ExitCode.Ok;
        }

        var grid = new Grid("JOB", "STATUS", "DONE", "SUBMITTED", "TOOK", "REASON");
        foreach (var job in page.Items)
        {
            var took = ShortTime.Span(job.CreatedAt, job.EndedAt, call.Now);
            grid.Add(job.Id, Words.Cell(job.Status), JobText.Done(job), ShortTime.Ago(job.CreatedAt, call.Now), took, job.Reason ?? "");
        }

        grid.WriteTo(call, page);
        return ExitCode.Ok;
    }
}
