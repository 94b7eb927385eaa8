using System.Text;

namespace OrleansCluster.Cli.Output;

/// <summary>Leaves out the spaces at the ends of lines, with which tables fill their last column.</summary>
internal sealed class TrimmingWriter(TextWriter inner) : TextWriter
{
    private int _spaces;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        if (value == ' ')
        {
            _spaces++;
            return;
        }

        for (; value is not ('\r' or '\n') && _spaces > 0; _spaces--)
            inner.Write(' ');
        _spaces = 0;
        inner.Write(value);
    }

    public override void Flush() => inner.Flush();
}
