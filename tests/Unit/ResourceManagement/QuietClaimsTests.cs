using OrleansCluster.Grains.ResourceManagement;

namespace OrleansCluster.Tests.Unit.ResourceManagement;

public sealed class QuietClaimsTests
{
    private readonly QuietClaims _quiet = new();

    [Fact]
    public void TakeDue_QuietForAPeriod_AnswersOnce()
    {
        Assert.True(_quiet.Take([Claim("a"), Claim("b")]));

        Assert.Empty(_quiet.TakeDue());
        Assert.False(_quiet.HasNew);
        Assert.Equal([("a", 1), ("b", 1)], _quiet.TakeDue());
        Assert.Empty(_quiet.TakeDue());
        Assert.False(_quiet.Take([Claim("a"), Claim("b")]));
        Assert.Empty(_quiet.TakeDue());
    }

    [Fact]
    public void TakeDue_TheAgentHasSpoken_AnswersNothing()
    {
        _quiet.Take([Claim("a"), Claim("b"), Claim("c")]);
        _quiet.TakeDue();
        _quiet.Heard([new TaskObservation { TaskId = "a", Attempt = 1, Node = "n1", State = TaskState.Activating }]);
        _quiet.Take([Claim("a"), Claim("c")]);

        Assert.Equal([("c", 1)], _quiet.TakeDue());
    }

    [Fact]
    public void Take_LaterClaims_WaitForAPeriodOfTheirOwn()
    {
        _quiet.Take([Claim("a")]);
        _quiet.TakeDue();

        Assert.True(_quiet.Take([Claim("a"), Claim("b")]));
        Assert.True(_quiet.HasNew);
        Assert.Equal([("a", 1)], _quiet.TakeDue());
        Assert.Equal([("b", 1)], _quiet.TakeDue());
    }

    private static Claim Claim(string task) => new() { TaskId = task, Attempt = 1, Node = "n1", Resources = default, Definition = "app:1", Team = "default" };
}
