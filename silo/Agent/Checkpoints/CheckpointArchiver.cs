using System.IO.Compression;
using System.Security.Cryptography;

namespace OrleansCluster.Silo.Agent.Checkpoints;

/// <summary>Directories out of containers into compressed archives, and back. Nothing is kept in memory where the agent has a folder of its own.</summary>
internal sealed class CheckpointArchiver(IContainerRuntime runtime, string? folder)
{
    private const int Piece = 64 * 1024;

    /// <param name="largest">Bytes of the directory's archive before it is compressed.</param>
    /// <returns><see langword="null"/> where there is no such directory.</returns>
    /// <exception cref="CheckpointException">It is larger.</exception>
    /// <exception cref="RuntimeUnavailableException">The archive broke off.</exception>
    public async Task<PackedArchive?> Pack(string container, string path, long largest, CancellationToken cancellationToken)
    {
        await using var tar = await runtime.Export(container, path, cancellationToken);
        if (tar is null)
            return null;
        var packed = Spool();
        try
        {
            await Compress(tar, path, packed, largest, cancellationToken);
            packed.Position = 0;
            var digest = DigestOf(packed);
            packed.Position = 0;
            return new PackedArchive(packed, packed.Length, digest);
        }
        catch
        {
            await packed.DisposeAsync();
            throw;
        }
    }

    /// <param name="packed">Checked against the digest before any of it reaches the container.</param>
    /// <exception cref="CheckpointException">It is not what was stored.</exception>
    public async Task Unpack(string container, string path, Stream packed, string digest, CancellationToken cancellationToken)
    {
        await using var local = Spool();
        await packed.CopyToAsync(local, cancellationToken);
        local.Position = 0;
        if (DigestOf(local) != digest)
            throw new CheckpointException("its bytes are not those that were stored");
        local.Position = 0;
        await using var tar = new GZipStream(local, CompressionMode.Decompress);
        await runtime.Import(container, path, tar, cancellationToken);
    }

    private static async Task Compress(Stream tar, string path, Stream packed, long largest, CancellationToken cancellationToken)
    {
        var scan = new TarScan();
        var size = 0L;
        var piece = new byte[Piece];
        await using (var compressing = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            while (await Read(tar, piece, cancellationToken) is > 0 and var read)
            {
                size += read;
                if (size > largest)
                    throw new CheckpointException($"{path} has more than {largest >> 20} MiB, which is its maxSize");
                scan.Pass(piece.AsSpan(0, read));
                compressing.Write(piece, 0, read);
            }
        }

        if (!scan.IsWhole)
            throw new RuntimeUnavailableException($"The archive of {path} broke off after {size} bytes.");
    }

    private static async Task<int> Read(Stream tar, byte[] piece, CancellationToken cancellationToken)
    {
        try
        {
            return await tar.ReadAsync(piece, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw new RuntimeUnavailableException($"The container runtime's archive broke off: {exception.Message}", exception);
        }
    }

    private static string DigestOf(Stream content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private Stream Spool()
    {
        if (folder is null)
            return new MemoryStream();
        Directory.CreateDirectory(folder);
        return new FileStream(Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, Piece, FileOptions.DeleteOnClose);
    }
}
