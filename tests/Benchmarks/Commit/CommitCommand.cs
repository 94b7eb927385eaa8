using System.CommandLine;
using OrleansCluster.Benchmarks.Figures;

namespace OrleansCluster.Benchmarks.Commit;

internal static class CommitCommand
{
    public static Command Create()
    {
        var schedulers = new Option<int>("--schedulers") { Description = "Schedulers that commit at the same time", DefaultValueFactory = _ => 4 };
        var batch = new Option<int>("--batch") { Description = "Claims of a transaction", DefaultValueFactory = _ => 250 };
        var store = new Option<string>("--store") { Description = "sqlite, or postgres: the server that OCS_POSTGRES names", DefaultValueFactory = _ => "sqlite" };
        var claims = new Option<int>("--claims") { Description = "Claims a round, of all schedulers", DefaultValueFactory = _ => 100_000 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of each, in turn", DefaultValueFactory = _ => 5 };
        var json = new Option<bool>("--json") { Description = "End with one JSON object" };
        var command = new Command("commit", "Durable claims a second through the committer, against the bare database that writes the same rows")
        {
            schedulers, batch, store, claims, rounds, json,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = new CommitSettings(
                parsed.GetValue(schedulers), parsed.GetValue(batch), parsed.GetValue(store)!, parsed.GetValue(claims), parsed.GetValue(rounds));
            return Report.Of(settings.Fault, parsed.GetValue(json), () => CommitBenchmark.Run(settings, Console.Out, cancellationToken));
        });
        return command;
    }
}
