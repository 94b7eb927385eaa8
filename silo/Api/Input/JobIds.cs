using System.Security.Cryptography;
using System.Text;
using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Silo.Api.Input;

/// <summary>Makes job ids: the job's name and something that tells it from others of that name.</summary>
internal static class JobIds
{
    private const string Alphabet = "abcdefghjkmnpqrstvwxyz0123456789";
    private const int Letters = 22;
    private const int DerivedLength = 10;
    private const int NewLength = 8;

    public static string New(JobSpec spec, IIdSource ids) => $"{Prefix(spec)}-{ids.NewId(NewLength)}";

    /// <summary>The same key gives the same id, which is what makes a repeated submission find its job.</summary>
    public static string Derive(JobSpec spec, string cluster, string key) => $"{Prefix(spec)}-{SuffixOf(cluster, key)}";

    /// <summary>What stands for a key of the caller's in an id.</summary>
    public static string SuffixOf(string cluster, string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{cluster}|{key}"));
        var suffix = new char[DerivedLength];
        suffix[0] = Alphabet[hash[0] % Letters];
        for (var i = 1; i < DerivedLength; i++)
            suffix[i] = Alphabet[hash[i] % Alphabet.Length];
        return new string(suffix);
    }

    // A name that is no name must not become part of a key; the job grain refuses it together with the specification's other faults.
    private static string Prefix(JobSpec spec) => spec.Name.Length <= 63 && ApiNames.IsJob(spec.Name) ? spec.Name : "job";
}
