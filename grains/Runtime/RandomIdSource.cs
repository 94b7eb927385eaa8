using System.Security.Cryptography;

namespace OrleansCluster.Grains.Runtime;

public sealed class RandomIdSource : IIdSource
{
    private const string Alphabet = "abcdefghjkmnpqrstvwxyz0123456789";
    private const int Letters = 22;

    public string NewId(int length) =>
        RandomNumberGenerator.GetString(Alphabet.AsSpan(0, Letters), 1) + RandomNumberGenerator.GetString(Alphabet, length - 1);
}
