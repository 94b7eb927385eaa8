using OrleansCluster.Silo.Hosting.Fencing;

namespace OrleansCluster.Tests.Unit.Agent;

/// <summary>What an agent and its guard share: the lease's file, and the guard's lock.</summary>
public sealed class FencingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ocs-fence-").FullName;
    private readonly ManualClock _clock = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Lease_IsReadByAnotherAsItWasWritten()
    {
        new LeaseFile(_folder, _clock).Write(TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(TimeSpan.FromSeconds(6), new LeaseFile(_folder, _clock).Read());
        _clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(-1), new LeaseFile(_folder, _clock).Read());
    }

    [Theory]
    [InlineData("another-boot 99")]
    [InlineData("nothing")]
    [InlineData("")]
    public void Lease_OfAnotherBootOrNone_IsNoLease(string text)
    {
        File.WriteAllText(Path.Combine(_folder, "lease"), text);

        Assert.Null(new LeaseFile(_folder, _clock).Read());
    }

    [Fact]
    public void Lease_FolderGone_IsNoLease() => Assert.Null(new LeaseFile(Path.Combine(_folder, "gone"), _clock).Read());

    [Fact]
    public void Fenced_HasWhatWasAdded()
    {
        Assert.False(new FencedFile(_folder).Has("c1"));
        new FencedFile(_folder).Add(["c1", "c2"]);

        Assert.True(new FencedFile(_folder).Has("c2"));
        Assert.False(new FencedFile(_folder).Has("c"));
    }

    [Fact]
    public void Lock_IsHeldByOneUntilItIsGivenBack()
    {
        Assert.False(GuardLock.IsTaken(_folder));
        using (GuardLock.TryTake(_folder))
        {
            Assert.True(GuardLock.IsTaken(_folder));
            Assert.Null(GuardLock.TryTake(_folder));
        }

        Assert.False(GuardLock.IsTaken(_folder));
    }
}
