using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Tests.Store.Postgres;

namespace OrleansCluster.Tests.Engine.SplitBrain;

/// <summary>Two activations of one cluster state on one store, as a split brain has them for a moment: two engines that do not know of one another.</summary>
public sealed class SplitBrainTests : IAsyncLifetime
{
    private const int Nodes = 8;
    private const int Rounds = 60;
    private const int ClaimsARound = 5;
    private static readonly Resources _capacity = new(1000, 1000, 1000);

    private readonly string _directory = Directory.CreateTempSubdirectory("ocs-split-").FullName;
    private ServiceProvider? _storage;
    private PostgresSchema? _schema;

    private ITransactionalStore Store => _storage!.GetRequiredService<ITransactionalStore>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_storage is not null)
            await _storage.DisposeAsync();
        _schema?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData("SQLite", 0)]
    [InlineData("SQLite", 20)]
    [InlineData("PostgreSQL", 0)]
    [InlineData("PostgreSQL", 20)]
    public async Task Commit_TwoActivationsAtOnce_NeverOverCommitsAndKeepsWhatItAcknowledged(string database, int failPercent)
    {
        await OpenStore(database);
        var uncertain = new UncertainStore(Store, seed: 1, failPercent);
        await using var one = await EngineHost.StartClusterAsync(uncertain);
        await using var other = await EngineHost.StartClusterAsync(uncertain);
        var states = new[] { StateOf(one), StateOf(other) };
        for (var i = 0; i < Nodes; i++)
            await Insist(() => states[i % 2].RegisterNode(Registration(i)));

        var committed = new ConcurrentDictionary<string, string>();
        var released = new ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(scheduler => Work(scheduler, states[scheduler % 2], committed, released)));

        var rows = await Store.ReadCluster("test", CancellationToken.None);
        var stored = rows.Claims.ToDictionary(c => c.Claim.Id, c => c.Claim.Node);
        Assert.True(committed.Count > Rounds, $"only {committed.Count} claims were committed: nothing raced");
        Assert.All(committed, c => Assert.Equal(c.Value, stored.GetValueOrDefault(c.Key)));
        Assert.All(released, id => Assert.False(stored.ContainsKey(id), $"{id} was released"));
        foreach (var node in rows.Nodes)
        {
            var sum = rows.Claims.Where(c => c.Claim.Node == node.Node).Aggregate(default(Resources), (total, c) => total + c.Claim.Resources);
            Assert.Equal(sum, node.Claimed);
            Assert.True(sum.Cpu <= _capacity.Cpu, $"{node.Node} holds {sum}");
        }

        Assert.Equal(failPercent > 0, uncertain.Failures > 0);
    }

    [Fact]
    public async Task RegisterNode_WhatTheLostNodeHeldIsStillClaimed_IsLetInOnlyWhenAllIsGivenBack()
    {
        await OpenStore("SQLite");
        await using var engine = await EngineHost.StartClusterAsync(Store);
        var state = StateOf(engine);
        await state.RegisterNode(Registration(0));
        await state.Commit(new ClaimTransaction { Scheduler = "s", TransactionId = "t", DecidedOn = default, Claims = [Request("s.t.0", 0, 100), Request("s.t.1", 0, 100)] });
        await state.SetNodeStatus("n0", NodeStatus.Lost);
        var lost = (await state.ReadNode("n0"))!;

        var early = await state.RegisterNode(Registration(0));
        var unchanged = (await state.ReadNode("n0"))!;
        await state.Release([new ClaimRelease("s.t.0", 1)]);
        var halfway = await state.RegisterNode(Registration(0));
        await state.Release([new ClaimRelease("s.t.1", 1)]);
        var late = await state.RegisterNode(Registration(0));

        Assert.Equal((NodeStatus.Lost, lost.ETag, lost.Status), (early.Value!.Status, unchanged.ETag, unchanged.Status));
        Assert.Equal((NodeStatus.Lost, NodeStatus.Active), (halfway.Value!.Status, late.Value!.Status));
    }

    /// <summary>Commits a few claims at random nodes, and gives every third back.</summary>
    private static async Task Work(int scheduler, IClusterStateGrain state, ConcurrentDictionary<string, string> committed, ConcurrentBag<string> released)
    {
        var random = new Random(scheduler);
        for (var round = 0; round < Rounds; round++)
        {
            var transaction = new ClaimTransaction
            {
                Scheduler = $"s{scheduler}",
                TransactionId = $"t{round}",
                DecidedOn = default,
                Claims = [.. Enumerable.Range(0, ClaimsARound).Select(i => Request($"s{scheduler}.t{round}.{i}", random.Next(Nodes), random.Next(1, 60)))],
            };
            foreach (var outcome in await Insist(() => state.Commit(transaction)))
            {
                if (!outcome.IsCommitted)
                    continue;
                if (random.Next(3) == 0)
                {
                    await Insist(async () =>
                    {
                        await state.Release([new ClaimRelease(outcome.TaskId, outcome.Attempt)]);
                        return "released";
                    });
                    released.Add(Claim.IdOf(outcome.TaskId, outcome.Attempt));
                }
                else
                {
                    Assert.True(committed.TryAdd(Claim.IdOf(outcome.TaskId, outcome.Attempt), outcome.Node!));
                }
            }
        }
    }

    /// <summary>What a caller does when the store was away: ask again, since asking twice is answered once.</summary>
    private static async Task<T> Insist<T>(Func<Task<T>> call)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await call();
            }
            catch (StoreUnavailableException) when (tries < 50)
            {
                // Again.
            }
        }
    }

    private static IClusterStateGrain StateOf(EngineHost engine) => engine.Grains.GetGrain<IClusterStateGrain>(GrainKeys.Cluster("test"));

    private async Task OpenStore(string database)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System);
        if (database == "SQLite")
            services.AddClusterStore(new SqliteStoreOptions { Path = Path.Combine(_directory, "cluster.db") });
        else
            services.AddClusterStore(new PostgresStoreOptions { ConnectionString = (_schema = new PostgresSchema()).ConnectionString, MigratesSchema = true });
        _storage = services.BuildServiceProvider();
        foreach (var service in _storage.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
    }

    private static NodeRegistration Registration(int node) => new() { Node = $"n{node}", Capacity = _capacity, Session = "s", Runtime = "" };

    private static ClaimRequest Request(string task, int node, int cpu) => new()
    {
        TaskId = task,
        Attempt = 1,
        Node = $"n{node}",
        Resources = new Resources(cpu, 1, 0),
        Definition = "app:1",
        Team = "default",
    };
}
