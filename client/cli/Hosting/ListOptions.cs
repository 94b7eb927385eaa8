using System.Collections.Immutable;
using System.CommandLine;
using OrleansCluster.Client;

namespace OrleansCluster.Cli.Hosting;

/// <summary>Which part of a listing: read page by page until there are enough.</summary>
internal sealed class ListOptions
{
    private const int LargestPage = 1000;
    private const int Default = 1000;

    public ListOptions(Command command)
    {
        Limit.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var limit) && limit < 1)
                result.AddError($"--limit is {limit}; expected 1 or more");
        });
        command.Add(Limit);
        command.Add(After);
    }

    private Option<int> Limit { get; } = new("--limit")
    {
        Description = "Items at most",
        HelpName = "N",
        DefaultValueFactory = _ => Default,
    };

    private Option<string?> After { get; } = new("--after")
    {
        Description = "Go on after: the 'next' of an earlier listing",
        HelpName = "TOKEN",
    };

    public async Task<Page<T>> ReadAsync<T>(
        Invocation call, Func<PageRequest, CancellationToken, Task<Page<T>>> read, CancellationToken cancellationToken)
    {
        var limit = call.Get(Limit);
        var items = ImmutableArray.CreateBuilder<T>();
        var next = call.Get(After);
        do
        {
            var page = await read(new PageRequest { After = next, Limit = Math.Min(limit - items.Count, LargestPage) }, cancellationToken);
            items.AddRange(page.Items);
            next = page.Next;
        }
        while (next is not null && items.Count < limit);
        return new Page<T> { Items = items.ToImmutable(), Next = next };
    }
}
