using System.Collections.Immutable;
using System.Text;
using OrleansCluster.Grains.Storage.Checkpoints;

namespace OrleansCluster.Tests.Store;

/// <summary>What every store of checkpoints promises.</summary>
public abstract class CheckpointContract
{
    private const string Lab = "lab";

    public abstract ICheckpointStore Store { get; }

    protected static CancellationToken Never => CancellationToken.None;

    [Fact]
    public async Task Put_ThenGet_AnswersTheSameBytes()
    {
        var bytes = new byte[300_000];
        new Random(7).NextBytes(bytes);

        await Store.Put(Key("j.t.0", "1-a"), new MemoryStream(bytes), Never);

        Assert.Equal(bytes, await Read(Key("j.t.0", "1-a")));
    }

    [Fact]
    public async Task Put_TheSameKeyAgain_ReplacesWhatWasThere()
    {
        await Put(Key("j.t.0", "1-a"), "first");
        await Put(Key("j.t.0", "1-a"), "second, and longer");
        await Put(Key("j.t.0", "1-a"), "third");

        Assert.Equal("third", Encoding.UTF8.GetString((await Read(Key("j.t.0", "1-a")))!));
    }

    [Fact]
    public async Task Put_AStreamThatBreaks_LeavesNothing()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Store.Put(Key("j.t.0", "1-a"), new BrokenStream(100_000), Never));

        Assert.Null(await Read(Key("j.t.0", "1-a")));
        Assert.Empty(await Store.List(Lab, "", 10, Never));
    }

    [Fact]
    public async Task Get_WhatIsNotThere_AnswersNothing()
    {
        await Put(Key("j.t.0", "1-a"), "a");

        Assert.Null(await Read(Key("j.t.0", "2-a")));
        Assert.Null(await Read(Key("j.t.1", "1-a")));
        Assert.Null(await Read(Key("j.t.0", "1-a") with { Cluster = "other" }));
    }

    [Fact]
    public async Task Delete_Twice_IsNoFault()
    {
        await Put(Key("j.t.0", "1-a"), "a");
        await Put(Key("j.t.0", "2-a"), "b");

        await Store.Delete(Key("j.t.0", "1-a"), Never);
        await Store.Delete(Key("j.t.0", "1-a"), Never);

        Assert.Null(await Read(Key("j.t.0", "1-a")));
        Assert.Equal(["j.t.0/2-a"], await Paths(""));
    }

    [Fact]
    public async Task List_PageByPage_AnswersEachOnceInTheOrderOfPaths()
    {
        foreach (var index in (int[])[10, 2, 0])
        {
            await Put(Key($"j.t.{index}", "2-a"), "bb");
            await Put(Key($"j.t.{index}", "1-a"), "a");
        }

        await Put(Key("j.t.0", "1-a") with { Cluster = "other" }, "x");

        var first = await Store.List(Lab, "", 4, Never);
        var second = await Store.List(Lab, first[^1].Key.Path, 4, Never);

        Assert.Equal(["j.t.0/1-a", "j.t.0/2-a", "j.t.10/1-a", "j.t.10/2-a", "j.t.2/1-a", "j.t.2/2-a"], first.Concat(second).Select(stored => stored.Key.Path));
        Assert.Equal([1, 2], first.Take(2).Select(stored => stored.Size));
        Assert.All(first, stored => Assert.InRange(TimeProvider.System.GetUtcNow() - stored.StoredAt, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(5)));
        Assert.Empty(await Store.List("none", "", 4, Never));
    }

    private static CheckpointKey Key(string task, string name) => new(Lab, task, name);

    private Task Put(CheckpointKey key, string text) => Store.Put(key, new MemoryStream(Encoding.UTF8.GetBytes(text)), Never);

    private async Task<byte[]?> Read(CheckpointKey key)
    {
        await using var content = await Store.Get(key, Never);
        if (content is null)
            return null;
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy);
        return copy.ToArray();
    }

    private async Task<ImmutableArray<string>> Paths(string after) => [.. (await Store.List(Lab, after, 100, Never)).Select(stored => stored.Key.Path)];
}
