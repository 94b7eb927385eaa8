namespace OrleansCluster.Silo.Agent.Checkpoints;

/// <summary>
/// Follows a tar archive as its bytes pass, and knows whether its end has come. A container runtime that cannot go on, since a file shrank while it was read, ends
/// its answer as if it were whole: only the archive itself tells.
/// </summary>
internal sealed class TarScan
{
    private const int Block = 512;
    private const int SizeAt = 124;
    private const int SizeLength = 12;
    private const int TypeAt = 156;

    /// <summary>An archive ends with two blocks of zeroes.</summary>
    private const int EndBlocks = 2;

    private readonly byte[] _header = new byte[Block];
    private int _filled;
    private long _content;
    private int _zeroes;

    public bool IsWhole => _zeroes == EndBlocks;

    public void Pass(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !IsWhole)
        {
            if (_content > 0)
            {
                var skipped = (int)Math.Min(_content, bytes.Length);
                _content -= skipped;
                bytes = bytes[skipped..];
                continue;
            }

            var taken = Math.Min(Block - _filled, bytes.Length);
            bytes[..taken].CopyTo(_header.AsSpan(_filled));
            _filled += taken;
            bytes = bytes[taken..];
            if (_filled == Block)
                ReadHeader();
        }
    }

    private void ReadHeader()
    {
        _filled = 0;
        if (!_header.AsSpan().ContainsAnyExcept((byte)0))
        {
            _zeroes++;
            return;
        }

        _zeroes = 0;

        // Links, devices and folders have no content, whatever their size says.
        if (_header[TypeAt] is >= (byte)'1' and <= (byte)'6')
            return;
        _content = (SizeOf(_header.AsSpan(SizeAt, SizeLength)) + Block - 1) / Block * Block;
    }

    /// <summary>In octal digits, or where these do not suffice as a binary number.</summary>
    private static long SizeOf(ReadOnlySpan<byte> field)
    {
        var size = 0L;
        if ((field[0] & 0x80) != 0)
        {
            foreach (var digit in field[4..])
                size = (size << 8) | digit;
            return size & long.MaxValue;
        }

        foreach (var digit in field)
        {
            if (digit is >= (byte)'0' and <= (byte)'7')
                size = (size << 3) | (long)(digit - '0');
        }

        return size;
    }
}
