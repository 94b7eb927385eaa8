using System.Diagnostics;
using OrleansCluster.Cli;

namespace OrleansCluster.Tests.Api.Cli;

public sealed class ClosedOutputTests : CliTest
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    /// <summary>A real pipe, which is written to until its reader has gone; the runtime's own console would say nothing of that.</summary>
    [Fact]
    public async Task Write_ReaderHasGone_EndsQuietly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix pipes");
        var start = new ProcessStartInfo("/bin/sh", ["-c", "{ (while echo; do :; done) 2>&-; \"$@\"; echo \"exit $?\" >&2; } | true", "sh", "dotnet", typeof(CliApp).Assembly.Location, "--help"])
        {
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(_patience);

        var error = await process.StandardError.ReadToEndAsync(patience.Token);

        Assert.Equal("exit 141", error.Trim());
    }

    [Fact]
    public async Task Write_OutputFailsWithABrokenPipe_ExitCodeSaysSo()
    {
        await using var output = new BrokenPipe();

        Assert.Equal((141, ""), await RunAsync(output, CancellationToken.None, "--help"));
    }

    private sealed class BrokenPipe : StringWriter
    {
        private const int ErrorNumber = 32;

        public override void Write(char value) => throw new IOException("Broken pipe", ErrorNumber);

        public override void Write(string? value) => throw new IOException("Broken pipe", ErrorNumber);

        public override void WriteLine(string? value) => throw new IOException("Broken pipe", ErrorNumber);
    }
}
