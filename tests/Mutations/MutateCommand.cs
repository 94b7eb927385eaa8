using System.CommandLine;
using System.Collections.Immutable;
using OrleansCluster.Mutations.Copying;
using OrleansCluster.Mutations.List;
using OrleansCluster.Mutations.Output;
using OrleansCluster.Mutations.Running;

namespace OrleansCluster.Mutations;

internal static class MutateCommand
{
    private const int Interrupted = 130;

    private const string Description = """
        Shows that the simulator finds faults: puts deliberate ones into a copy of the tree, one at a time, and looks for the first seed that fails.

        Examples:
          infra/mutate                                   all mutations, each within its own bound
          infra/mutate --only node-etag-unchecked        one of them
          infra/mutate --only stop-not-stored --seeds 300
          infra/mutate --list                            names, and whether each still fits the code

        Exit codes: 0 all were found, 1 some were not, 2 the list does not fit the code or a seed fails without any mutation, 130 interrupted.
        """;

    public static RootCommand Create()
    {
        var only = new Option<string[]>("--only") { Description = "Only the mutation of this name; may be repeated", HelpName = "NAME" };
        var seeds = new Option<int?>("--seeds") { Description = "Look through so many seeds instead of each mutation's own bound", HelpName = "N" };
        var unmutated = new Option<int>("--unmutated") { Description = "Seeds that must pass without a mutation first", HelpName = "N", DefaultValueFactory = _ => 20 };
        var json = new Option<bool>("--json") { Description = "End with one JSON object" };
        var keep = new Option<bool>("--keep") { Description = "Keep the copy, whose folder is told at the start" };
        var list = new Option<bool>("--list") { Description = "List the mutations, see that each fits the code, and run nothing" };
        seeds.Validators.Add(result => AtLeastOne(result, seeds));
        unmutated.Validators.Add(result => AtLeastOne(result, unmutated));
        var root = new RootCommand(Description) { only, seeds, unmutated, json, keep, list };
        root.SetAction((parsed, cancellationToken) => Guarded(cancellationToken, async () =>
        {
            var chosen = Choose(parsed.GetValue(only) ?? []);
            if (parsed.GetValue(list))
                return await List(chosen, cancellationToken);
            using var copy = await MutatedCopy.Build(MutationList.All, parsed.GetValue(keep), Console.Error, cancellationToken);
            var run = new MutationRun(new SimulatorProgram(copy.Program), Console.Error);
            await run.CheckUnmutated(parsed.GetValue(unmutated), cancellationToken);
            var results = await run.Run(chosen, parsed.GetValue(seeds), cancellationToken);
            Report.WriteTable(Console.Out, results);
            if (parsed.GetValue(json))
                Report.WriteJson(Console.Out, parsed.GetValue(unmutated), results);
            return results.All(result => result.Found is not null) ? 0 : 1;
        }));
        return root;
    }

    private static async Task<int> List(ImmutableArray<Mutation> mutations, CancellationToken cancellationToken)
    {
        (await SourceTree.Find(cancellationToken)).Weave(MutationList.All);
        foreach (var mutation in mutations)
            Console.WriteLine($"{mutation.Name,-34} {mutation.Description}");
        return 0;
    }

    private static ImmutableArray<Mutation> Choose(string[] names)
    {
        var unknown = names.Where(name => MutationList.All.All(mutation => mutation.Name != name)).ToList();
        return unknown.Count == 0
            ? [.. MutationList.All.Where(mutation => names.Length == 0 || names.Contains(mutation.Name))]
            : throw new InvalidOperationException($"There is no mutation {string.Join(", ", unknown)}; --list names all.");
    }

    private static async Task<int> Guarded(CancellationToken cancellationToken, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (Exception fault) when (fault is MutationListException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 2;
        }
    }

    private static void AtLeastOne<T>(System.CommandLine.Parsing.OptionResult result, Option<T> option)
    {
        if (result.GetValueOrDefault<T>() is int and < 1)
            result.AddError($"{option.Name} takes 1 or more.");
    }
}
