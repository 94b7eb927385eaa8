using System.Security.Cryptography;

namespace OrleansCluster.Client;

/// <summary>Keys of 128 random bits, in hexadecimal.</summary>
public sealed class RandomIdempotencyKeySource : IIdempotencyKeySource
{
    public string NewKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
