using System.Security.Cryptography;

namespace OrleansCluster.Client;

/// <summary>Keys of 80 random bits, in 16 letters and digits without look-alikes.</summary>
public sealed class RandomJobKeySource : IJobKeySource
{
    private const string Alphabet = "abcdefghjkmnpqrstvwxyz0123456789";

    public string NewKey() => RandomNumberGenerator.GetString(Alphabet, 16);
}
