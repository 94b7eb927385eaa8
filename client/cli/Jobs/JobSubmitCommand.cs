using System.CommandLine;
using OrleansCluster.Cli.Failures;
using OrleansCluster.Cli.Files;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Client;

namespace OrleansCluster.Cli.Jobs;

internal sealed class JobSubmitCommand : CliCommand
{
    private readonly Argument<string?> _file = new("FILE")
    {
        Description = JobArguments.FileDescription,
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => null,
    };

    private readonly Option<string?> _plan = new("--plan")
    {
        Description = "In place of FILE: what ocs job plan has kept, placed exactly so or not at all",
        HelpName = "PLAN",
    };

    private readonly Option<bool> _watch = new("--watch") { Description = "Go on to watch the job until it has ended" };
    private readonly Option<string?> _key = new("--idempotency-key")
    {
        Description = "Submits the job once, however often the command runs with this key; a new one where it is not given",
        HelpName = "KEY",
    };

    public JobSubmitCommand(CliRun run)
        : base(
            run, "submit", "Submit a job",
            "ocs job submit wordcount.yaml --watch",
            "ocs job submit infra/examples/script.sh --watch",
            "ocs job submit infra/examples/spread.yaml     (placementConstraints, placementStrategy)",
            "ocs job submit wordcount.yaml --idempotency-key nightly-2026-11-22",
            "ocs job plan wordcount.yaml --out plan.json && ocs job submit --plan plan.json",
            "generate-job | ocs job submit - --json")
    {
        Add(_file);
        Add(_plan);
        Add(_watch);
        Add(_key);
    }

    public override IReadOnlyList<string> Remarks => [JobArguments.Script, ""];

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var job = (call.Get(_file), call.Get(_plan)) switch
        {
            ({ } file, null) => await SubmitFileAsync(call, file, cancellationToken),
            (null, { } plan) when call.Get(_key) is null => await SubmitPlanAsync(call, plan, cancellationToken),
            (null, { }) => throw CliException.Usage("--idempotency-key is not for plans: a plan is one job, however often it is submitted."),
            _ => throw CliException.Usage("Expected FILE or --plan PLAN, one of the two."),
        };
        if (call.Get(_watch)) return await new JobWatch(call).RunAsync(job.Id, cancellationToken);
        if (call.IsJson) call.Json.Write(job);
        else call.Host.Out.WriteLine($"Job {job.Id} accepted: {JobText.Tasks(job)}. Watch it: ocs job watch {job.Id}");
        return ExitCode.Ok;
    }

    private static async Task<JobView> SubmitPlanAsync(Invocation call, string plan, CancellationToken cancellationToken)
    {
        var document = await InputFile.ReadAsync<JobPlan>(plan, call.Host, cancellationToken);
        call.WhenInterrupted = "Interrupted before the cluster had answered. Submitting the same plan again is safe.";
        return await document.SendAsync(json => call.Client.Jobs.SubmitPlanRawAsync(json, cancellationToken));
    }

    private async Task<JobView> SubmitFileAsync(Invocation call, string file, CancellationToken cancellationToken)
    {
        var document = await InputFile.ReadAsync<JobSpec>(file, call.Host, cancellationToken);
        var key = call.Get(_key) ?? call.Host.Keys.NewKey();
        call.WhenInterrupted = $"Interrupted before the cluster had answered. Submitting again with --idempotency-key {key} is safe.";
        try
        {
            return await document.SendAsync(job => call.Client.Jobs.SubmitRawAsync(job, key, cancellationToken));
        }
        catch (ClusterUnreachableException exception) when (Failure.Of(exception) is { } failure)
        {
            throw new CliException(failure with { Detail = $"{failure.Detail} Submitting again with --idempotency-key {key} is safe." });
        }
    }
}
