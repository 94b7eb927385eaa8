using System.Security.Cryptography;
using System.Text;
using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>
/// A framework's id as Mesos's clients keep it and give it back. One that was made here is its name and the token of its registration, so that whoever knows the id is the framework, as on Mesos, and
/// nobody can make one up. Of one that another master gave before this cluster took its place, both are made, so that it stays what it is.
/// </summary>
internal sealed record MesosFrameworkId
{
    private const int TokenLength = 32;
    private const int NameDigits = 24;

    private readonly string _text;

    public MesosFrameworkId(string name, string token)
        : this(name, token, $"{name}.{token}", isForeign: false)
    {
    }

    private MesosFrameworkId(string name, string token, string text, bool isForeign) => (Name, Token, _text, IsForeign) = (name, token, text, isForeign);

    public string Name { get; }
    public string Token { get; }

    /// <summary>It was not made here.</summary>
    public bool IsForeign { get; }

    public static MesosFrameworkId Parse(string id) =>
        id.Split('.') is [var name, { Length: TokenLength } token] && ApiNames.IsService(name)
            ? new MesosFrameworkId(name, token)
            : new MesosFrameworkId($"mesos-{HashOf($"name {id}")[..NameDigits]}", HashOf($"token {id}"), id, isForeign: true);

    public override string ToString() => _text;

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
