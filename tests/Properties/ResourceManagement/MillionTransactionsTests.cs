using System.Collections.Immutable;
using OrleansCluster.Grains.ResourceManagement;
using OrleansCluster.Grains.Storage;
using Amounts = OrleansCluster.Resources;

namespace OrleansCluster.Tests.Properties.ResourceManagement;

/// <summary>
/// A million transactions of several schedulers, sizes and modes, some of them decided on old state, some repeated, with releases between them. What the
/// committer answers is foretold, claim by claim, by <see cref="SequentialModel"/>.
/// </summary>
public sealed class MillionTransactionsTests
{
    private const int Transactions = 1_000_000;
    private const int FullCheckEvery = 10_000;
    private static readonly ImmutableSortedDictionary<string, int> _oneLicence = ImmutableSortedDictionary<string, int>.Empty.Add("licence", 1);

    private readonly Random _random = new(20_260_501);

    /// <summary>Beside the other, so that all else is drawn as it was before there were GPUs.</summary>
    private readonly Random _extras = new(20_261_128);
    private readonly ClusterState _state = ClusterState.Load("test", "first", new ClusterRows(SequentialModel.Rows(), []));
    private readonly SequentialModel _model = new();

    [Fact]
    public void Commit_AMillionTransactions_AnswersAsTheSequentialModel()
    {
        var (committed, rejected, released) = (0L, 0L, 0L);
        for (var number = 1; number <= Transactions; number++)
        {
            var transaction = Draw(number);
            var verdict = ClaimValidator.Validate(_state, transaction);
            var expected = _model.Commit(transaction, IsOld);
            Assert.Equal(expected, verdict.Outcomes.Select(o => o.Node));
            if (!verdict.Accepted.IsEmpty)
                _state.Publish(_state.Add(verdict.Accepted));
            committed += verdict.Accepted.Length;
            rejected += expected.Count(node => node is null);
            if (_random.Next(2) == 0)
                released += Release();
            if (number % FullCheckEvery == 0)
                _model.AssertSame(_state);
        }

        _model.AssertSame(_state);

        // All ways were taken, often.
        Assert.True(committed > Transactions / 10 && rejected > Transactions / 10 && released > Transactions / 10, $"{committed} committed, {rejected} rejected, {released} released");
        Assert.Equal(committed - released, _model.Count);
    }

    /// <summary>An old decision carries another ETag than the node has.</summary>
    private static bool IsOld(ClaimRequest request) => request.NodeETag < 0;

    private ClaimTransaction Draw(int number) => new()
    {
        Scheduler = $"s{_random.Next(4)}",
        TransactionId = $"{number}",
        DecidedOn = default,
        Detection = _random.Next(3) == 0 ? ConflictDetection.Coarse : ConflictDetection.Fine,
        Mode = _random.Next(3) == 0 ? CommitMode.AllOrNothing : CommitMode.Incremental,
        Claims = [.. Enumerable.Range(0, 1 + _random.Next(5)).Select(_ => Request())],
    };

    private ClaimRequest Request()
    {
        var node = SequentialModel.NameOf(_random.Next(SequentialModel.Nodes + 1));
        return new ClaimRequest
        {
            TaskId = $"job.t.{_random.Next(200)}",
            Attempt = 1 + _random.Next(2),
            Node = node,
            Resources = new Amounts(_random.Next(400), _random.Next(40), _random.Next(20)),
            Ports = _random.Next(6) == 0 ? [new HostPort(8000 + _random.Next(4), _random.Next(2) == 0 ? PortProtocol.Tcp : PortProtocol.Udp)] : [],
            Definition = "app:1",
            Team = "default",
            Extras = Extras(),
            NodeETag = _random.Next(4) == 0 ? -1 : _state.FindNode(node)?.Row.ETag ?? 0,
        };
    }

    /// <summary>Mostly none, else the cluster is full of it all the time.</summary>
    private ExtraDemand? Extras() => _extras.Next(20) switch
    {
        0 => new ExtraDemand { Gpu = new GpuSpec { Count = 1 + _extras.Next(2) } },
        1 => new ExtraDemand { Gpu = new GpuSpec { Thousandths = 100 * (1 + _extras.Next(9)) } },
        2 => new ExtraDemand { Gpu = new GpuSpec { Thousandths = 300, Models = ["b"] } },
        3 => new ExtraDemand { Gpu = new GpuSpec { Thousandths = 200, Models = ["a"] }, Amounts = _oneLicence },
        4 => new ExtraDemand { Amounts = _oneLicence },
        _ => null,
    };

    private int Release()
    {
        var claims = Enumerable.Range(0, 1 + _random.Next(6))
            .Select(_ => _state.FindClaim(Claim.IdOf($"job.t.{_random.Next(200)}", 1 + _random.Next(2))))
            .OfType<ClaimRow>().DistinctBy(claim => claim.Id).ToList();
        if (claims.Count > 0)
            _state.Publish(_state.Remove(claims, DateTimeOffset.UnixEpoch));
        claims.ForEach(claim => _model.Release(claim.Id));
        return claims.Count;
    }
}
