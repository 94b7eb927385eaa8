using System.Formats.Tar;
using System.Globalization;
using System.Text;

namespace OrleansCluster.Silo.Agent.Simulated;

/// <summary>What a simulated container has written, by absolute path.</summary>
internal sealed class SimulatedFiles
{
    private const string CountFile = "count";

    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public int? ReadCount(string directory) =>
        _files.TryGetValue(PathOf(directory), out var text) ? int.Parse(Encoding.ASCII.GetString(text), CultureInfo.InvariantCulture) : null;

    public void WriteCount(string directory, int count) => _files[PathOf(directory)] = Encoding.ASCII.GetBytes(count.ToString(CultureInfo.InvariantCulture));

    /// <summary><see langword="null"/> where nothing is below that path.</summary>
    public Stream? Export(string path)
    {
        var root = path.TrimEnd('/');
        var below = _files.Where(file => file.Key.StartsWith(root + "/", StringComparison.Ordinal)).ToList();
        if (below.Count == 0)
            return null;
        var name = root[(root.LastIndexOf('/') + 1)..];
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Ustar, leaveOpen: true))
        {
            writer.WriteEntry(Entry(TarEntryType.Directory, name + "/", content: null));
            foreach (var (file, content) in below)
                writer.WriteEntry(Entry(TarEntryType.RegularFile, name + file[root.Length..], content));
        }

        tar.Position = 0;
        return tar;
    }

    public void Import(string path, Stream tar)
    {
        var root = path.TrimEnd('/');
        var above = root[..root.LastIndexOf('/')];
        using var reader = new TarReader(tar, leaveOpen: true);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.EntryType != TarEntryType.RegularFile)
                continue;
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            _files[$"{above}/{entry.Name}"] = content.ToArray();
        }
    }

    private static string PathOf(string directory) => $"{directory.TrimEnd('/')}/{CountFile}";

    private static UstarTarEntry Entry(TarEntryType type, string name, byte[]? content)
    {
        var entry = new UstarTarEntry(type, name) { ModificationTime = DateTimeOffset.UnixEpoch };

        // A folder takes no content, not even none.
        if (content is not null)
            entry.DataStream = new MemoryStream(content);
        return entry;
    }
}
