using OrleansCluster.Embedded.Deterministic;
using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Testing.Kernel;

internal sealed class SeededIds(SeededRandom random) : IIdSource
{
    private const string Alphabet = "abcdefghjkmnpqrstvwxyz0123456789";
    private const int Letters = 22;

    public string NewId(int length) => string.Create(length, random, static (id, random) =>
    {
        for (var i = 0; i < id.Length; i++)
            id[i] = Alphabet[random.Below(i == 0 ? Letters : Alphabet.Length)];
    });
}
