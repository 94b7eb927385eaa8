namespace OrleansCluster.Tests.Docker.Logs;

/// <summary>Hands out its pieces one a read, as a socket does.</summary>
internal sealed class PiecewiseStream(byte[][] pieces) : Stream
{
    private readonly Queue<byte[]> _pieces = new(pieces.Where(piece => piece.Length > 0));

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Read(buffer.Span));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (!_pieces.TryPeek(out var piece)) return 0;
        var count = Math.Min(piece.Length, buffer.Length);
        piece.AsSpan(0, count).CopyTo(buffer);
        _pieces.Dequeue();
        if (count < piece.Length)
        {
            var rest = _pieces.ToArray();
            _pieces.Clear();
            _pieces.Enqueue(piece[count..]);
            foreach (var later in rest) _pieces.Enqueue(later);
        }

        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
