using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;

namespace OrleansCluster.Grains.Storage.Postgres;

/// <summary>One file of infra/postgres, carried in this assembly.</summary>
internal sealed record StoreMigration(int Version, string Name, string Sql)
{
    private const string Folder = "infra/postgres/";

    public static ImmutableArray<StoreMigration> All { get; } = Load(typeof(StoreMigration).Assembly);

    private static ImmutableArray<StoreMigration> Load(Assembly assembly)
    {
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        var all = names.Select(name => Read(assembly, name)).ToImmutableArray();
        return all.Select(migration => migration.Version).SequenceEqual(Enumerable.Range(1, all.Length))
            ? all
            : throw new InvalidOperationException($"The files of {Folder} are not numbered 001, 002 and so on: {string.Join(", ", all.Select(each => each.Name))}.");
    }

    private static StoreMigration Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var name = resource[Folder.Length..];
        return new StoreMigration(int.Parse(name.Split('-')[0], CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
