namespace Orleans.Runtime;

/// <summary>The engine has stopped or is stopping.</summary>
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    public SiloUnavailableException() : base("Silo is unavailable")
    {
    }

    public SiloUnavailableException(string msg) : base(msg)
    {
    }
}
