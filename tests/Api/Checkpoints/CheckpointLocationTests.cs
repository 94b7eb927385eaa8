using OrleansCluster.Silo.Checkpoints;

namespace OrleansCluster.Tests.Api.Checkpoints;

public sealed class CheckpointLocationTests
{
    [Fact]
    public void Parse_AFolder_IsAbsolute() => Assert.Equal(Path.GetFullPath("some/where"), CheckpointLocation.Parse("some/where").Folder);

    [Fact]
    public void Parse_ABucketWithEverything_TakesItApart()
    {
        var location = CheckpointLocation.Parse("s3://backups/ocs/lab/?endpoint=https://s3.example:9000&region=eu-central-1");

        Assert.Equal(
            new CheckpointLocation { Bucket = "backups", Prefix = "ocs/lab/", Endpoint = "https://s3.example:9000", Region = "eu-central-1" },
            location);
    }

    [Fact]
    public void Parse_ABucketAlone_IsAmazons() => Assert.Equal(new CheckpointLocation { Bucket = "backups" }, CheckpointLocation.Parse("s3://backups"));

    [Theory]
    [InlineData("")]
    [InlineData("s3://")]
    [InlineData("ftp://backups")]
    [InlineData("s3://backups?end=http://a")]
    [InlineData("s3://backups?endpoint=a")]
    public void Parse_AnythingElse_SaysWhatWasExpected(string text) =>
        Assert.Contains("expected a folder, or s3://BUCKET", Assert.Throws<FormatException>(() => CheckpointLocation.Parse(text)).Message, StringComparison.Ordinal);
}
