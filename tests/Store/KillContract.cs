using System.Diagnostics;
using OrleansCluster.Tests.Store.KillWriter;

namespace OrleansCluster.Tests.Store;

/// <summary>
/// What was acknowledged outlives the process, and no unit is half there: a writing process is killed (SIGKILL) again and again on one database.
/// (That it outlives the machine too rests on the sync at each commit, which a test of settings holds.)
/// </summary>
public abstract class KillContract : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private protected abstract int Rounds { get; }

    /// <summary>What the writing process is given to find the database by.</summary>
    private protected abstract string Address { get; }

    [Fact]
    public async Task Commit_ProcessKilledAtAnyMoment_LosesNothingAcknowledgedAndHalvesNothing()
    {
        // Rounds differ in how far the process gets: some die before their first unit, some after hundreds.
        var chance = new Random(20260102);
        var acknowledged = new int[UnitPlan.Writers];
        for (var round = 0; round < Rounds; round++)
        {
            await WriteUntilKilled(acknowledged, kills: round % 8 == 0 ? 0 : chance.Next(1, 400));
            await CheckDatabase(acknowledged, $"round {round}");
        }

        Assert.All(acknowledged, unit => Assert.True(unit > 0, "a writer never came to acknowledge a unit"));
    }

    [Fact]
    public async Task Commit_ProcessAfterAKill_GoesOnToItsEnd()
    {
        var acknowledged = new int[UnitPlan.Writers];
        await WriteUntilKilled(acknowledged, kills: 50);
        var last = acknowledged.Max() + 100;

        using var process = Start(last);
        await Read(process, acknowledged, _ => { });
        await process.WaitForExitAsync().WaitAsync(_patience);

        Assert.Equal(0, process.ExitCode);
        Assert.All(acknowledged, unit => Assert.Equal(last, unit));
        await CheckDatabase(acknowledged, "after a clean end");
    }

    public abstract void Dispose();

    private protected abstract Task<StoreHouse> OpenAfterKill();

    private async Task WriteUntilKilled(int[] acknowledged, int kills)
    {
        using var process = Start();
        if (kills == 0)
            process.Kill();
        var lines = 0;
        await Read(process, acknowledged, _ =>
        {
            if (++lines == kills)
                process.Kill();
        });
        await process.WaitForExitAsync().WaitAsync(_patience);
        Assert.Equal(128 + 9, process.ExitCode);
    }

    private Process Start(params object[] last) =>
        Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "store-kill-writer"))
        {
            ArgumentList = { Address, string.Join("", last) is { Length: > 0 } text ? text : $"{int.MaxValue}" },
            RedirectStandardOutput = true,
        })!;

    /// <summary>Reads to the end of what the process said; a last line without its end was not said.</summary>
    private static async Task Read(Process process, int[] acknowledged, Action<string> each)
    {
        using var patience = new CancellationTokenSource(_patience);
        var buffer = new char[4096];
        var rest = "";
        while (await process.StandardOutput.ReadAsync(buffer, patience.Token) is > 0 and var read)
        {
            var lines = (rest + new string(buffer, 0, read)).Split('\n');
            foreach (var line in lines[..^1])
            {
                var (writer, unit) = (int.Parse(line.Split(' ')[0]), int.Parse(line.Split(' ')[1]));
                acknowledged[writer] = unit;
                each(line);
            }

            rest = lines[^1];
        }
    }

    private async Task CheckDatabase(int[] acknowledged, string when)
    {
        using var house = await OpenAfterKill();
        var rows = await house.Store.ReadCluster(UnitPlan.Cluster, default);
        var events = await house.Store.ReadEvents(UnitPlan.Cluster, 0, int.MaxValue, default);
        var claims = rows.Claims.ToDictionary(row => row.Claim.Id);
        var expectedClaims = 0;
        for (var writer = 0; writer < UnitPlan.Writers; writer++)
        {
            var state = await house.Store.ReadState(UnitPlan.StateKind, UnitPlan.StateKey(writer), default);
            var written = (int)(state?.ETag ?? 0);
            Assert.True(written >= acknowledged[writer], $"{when}: writer {writer} was told of unit {acknowledged[writer]}, unit {written} is stored");
            Assert.Equal(written == 0 ? null : UnitPlan.StateAfter(writer, written).Json, state?.Json);
            Assert.Equivalent(UnitPlan.NodesAfter(writer, written), rows.Nodes.Where(row => row.Node.StartsWith($"w{writer}-", StringComparison.Ordinal)), strict: true);
            foreach (var row in UnitPlan.ClaimsAfter(writer, written))
            {
                Assert.Equivalent(row, claims[row.Claim.Id], strict: true);
                expectedClaims++;
            }

            Assert.Equal(
                Enumerable.Range(1, written).SelectMany(unit => UnitPlan.EventsOf(writer, unit)),
                events.Select(row => row.Event).Where(draft => draft.Subject.StartsWith($"{writer}/", StringComparison.Ordinal)));
            acknowledged[writer] = written;
        }

        Assert.Equal(expectedClaims, claims.Count);
        foreach (var node in rows.Nodes)
            Assert.Equal(node.Claimed, rows.Claims.Where(row => row.Claim.Node == node.Node).Aggregate(Resources.Zero, (sum, row) => sum + row.Claim.Resources));
    }
}
