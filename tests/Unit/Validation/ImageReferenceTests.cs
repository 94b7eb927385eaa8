using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Tests.Unit.Validation;

public sealed class ImageReferenceTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("busybox")]
    [InlineData("busybox:1.36")]
    [InlineData("busybox:Latest_1.0-RC")]
    [InlineData("library/busybox")]
    [InlineData("a__b/c-d/e--f/g.h/i_j")]
    [InlineData("localhost/app")]
    [InlineData("localhost:5000/app")]
    [InlineData("registry:5000/team/app:1.2")]
    [InlineData("ghcr.io/Team-less/app", false)]
    [InlineData("Registry.Example.com/app")]
    [InlineData("127.0.0.1:5000/app")]
    [InlineData("[::1]:5000/app")]
    [InlineData("app@" + Digest)]
    [InlineData("registry:5000/app:1.2@" + Digest)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData("busy box", false)]
    [InlineData("busybox ", false)]
    [InlineData("busybox\n", false)]
    [InlineData("BusyBox", false)]
    [InlineData("busybox:", false)]
    [InlineData(":1.0", false)]
    [InlineData("busybox:-1", false)]
    [InlineData("busybox:a:b", false)]
    [InlineData("registry:port/app", false)]
    [InlineData("/app", false)]
    [InlineData("app/", false)]
    [InlineData("a//b", false)]
    [InlineData("a..b", false)]
    [InlineData("a___b", false)]
    [InlineData("-app", false)]
    [InlineData("app@", false)]
    [InlineData("app@sha256:abc", false)]
    [InlineData("app@md5:0123456789abcdef0123456789abcdef", false)]
    [InlineData("@" + Digest, false)]
    [InlineData("http://registry/app", false)]
    public void FaultOf_Name_IsJudgedAsDockerDoes(string image, bool isValid = true) => Assert.Equal(isValid, ImageReference.FaultOf(image) is null);

    [Fact]
    public void FaultOf_Null_SaysSo() => Assert.Equal("expected an image, found null", ImageReference.FaultOf(null));

    [Fact]
    public void FaultOf_CapitalsInThePath_SaysThatTheyAreTheFault() =>
        Assert.Contains("'Team/App' in 'localhost/Team/App:1' has capital letters", ImageReference.FaultOf("localhost/Team/App:1"), StringComparison.Ordinal);

    [Fact]
    public void FaultOf_TagLength_IsAtMost128()
    {
        Assert.Null(ImageReference.FaultOf("app:" + new string('a', 128)));
        Assert.NotNull(ImageReference.FaultOf("app:" + new string('a', 129)));
    }

    [Fact]
    public void FaultOf_NameLength_IsAtMost255()
    {
        Assert.Null(ImageReference.FaultOf(new string('a', 255)));
        Assert.Contains("at most 255", ImageReference.FaultOf(new string('a', 256)), StringComparison.Ordinal);
        Assert.Contains("at most 512", ImageReference.FaultOf(new string('a', 100_000)), StringComparison.Ordinal);
    }
}
