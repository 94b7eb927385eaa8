using OrleansCluster.Placement.Extras;

namespace OrleansCluster.Tests.Unit.Placement.Extras;

public sealed class ExtraRoomTests
{
    private static readonly ExtraRoom _mixed = ExtraRoom.Of(Extra.Gpus("A100", "T4", "T4", "")) ?? throw new InvalidOperationException();

    public static TheoryData<ExtraDemand, string?, long> Wants { get; } = new()
    {
        { Extra.Whole(4), null, 0 },
        { Extra.Whole(5), "gpu", 1 },
        { Extra.Whole(1, "A100"), null, 0 },
        { Extra.Whole(3, "T4"), "gpu model T4", 1 },
        { Extra.Whole(3, "T4", "A100"), null, 0 },
        { Extra.Share(999), null, 0 },
        { Extra.Share(1, "H100"), "gpu model H100", 1 },
        { Extra.Share(1, "H100", "V100"), "gpu model H100|V100", 1 },
    };

    [Theory]
    [MemberData(nameof(Wants))]
    public void Check_EmptyNode_NamesWhatIsMissing(ExtraDemand wanted, string? dimension, long missing)
    {
        var shortfall = ExtraRoom.Check(_mixed, wanted);

        Assert.Equal((dimension, missing), (shortfall?.Dimension, shortfall?.Missing ?? 0));
    }

    [Fact]
    public void Check_NodeWithoutAny_HasNothing()
    {
        Assert.Equal("gpu", ExtraRoom.Check(room: null, Extra.Share(1))?.Dimension);
        var shortfall = ExtraRoom.Check(room: null, new ExtraDemand { Amounts = Extra.Amount("licence", 3) });
        Assert.Equal(("amount licence", 3L, "insufficient amount licence"), (shortfall?.Dimension, shortfall?.Missing, shortfall?.Reason));
    }

    [Fact]
    public void Take_Shares_FillTheFullestDeviceThatIsEnough()
    {
        var room = ExtraRoom.Of(Extra.Gpus("T4", "T4"))!;
        var devices = new List<string>();
        foreach (var share in (int[])[300, 800, 600, 200, 100])
        {
            var claim = room.Choose(Extra.Share(share));
            devices.Add($"{claim.Gpus[0].Device}:{claim.Gpus[0].Thousandths}");
            room = room.Take(claim);
        }

        Assert.Equal(["0:300", "1:800", "0:600", "1:200", "0:100"], devices);
        Assert.Equal(("gpu", 1L), (ExtraRoom.Check(room, Extra.Share(1))?.Dimension, ExtraRoom.Check(room, Extra.Share(1))?.Missing));
        Assert.Equal([new GpuShare("0", 1000), new GpuShare("1", 1000)], room.Claimed!.Gpus);
    }

    [Fact]
    public void Choose_Models_LeavesOtherDevicesAlone()
    {
        Assert.Equal(["1", "2"], _mixed.Choose(Extra.Whole(2, "T4")).Gpus.Select(share => share.Device));
        Assert.Equal("1", _mixed.Choose(Extra.Share(500, "T4")).Gpus.Single().Device);
        Assert.Equal(["0", "1", "2", "3"], _mixed.Choose(Extra.Whole(4)).Gpus.Select(share => share.Device));
    }

    [Fact]
    public void GiveBack_AllThatWasTaken_LeavesNothingClaimed()
    {
        var room = ExtraRoom.Of(Extra.Gpus("T4") with { Amounts = Extra.Amount("licence", 2) })!;
        var wanted = Extra.Share(400) with { Amounts = Extra.Amount("licence", 2) };
        var claim = room.Choose(wanted);
        var taken = room.Take(claim);

        Assert.Equal(claim, taken.Claimed);
        Assert.Equal("amount licence", ExtraRoom.Check(taken, wanted)?.Dimension);
        Assert.Null(taken.GiveBack(claim).Claimed);
        Assert.Equal(claim, ExtraRoom.Of(room.Capacity, claim)!.Claimed);
    }

    [Fact]
    public void Take_DeviceThatIsNotThere_IsABrokenInvariant() =>
        Assert.Throws<InvalidOperationException>(() => ExtraRoom.Of(capacity: null, new ExtraClaim { Gpus = [new GpuShare("7", 1)] }));

    [Fact]
    public void Check_LargestAmounts_DoesNotWrapRound()
    {
        var room = ExtraRoom.Of(new ExtraCapacity { Amounts = Extra.Amount("licence", 1) });

        Assert.Equal((long)int.MaxValue - 1, ExtraRoom.Check(room, new ExtraDemand { Amounts = Extra.Amount("licence", int.MaxValue) })?.Missing);
    }
}
