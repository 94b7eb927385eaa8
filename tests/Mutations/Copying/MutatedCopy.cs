namespace OrleansCluster.Mutations.Copying;

/// <summary>
/// The simulator with all mutations in it, built in a temporary folder. One build holds them all, as in mutant schemata: building each by itself would
/// take longer than finding it.
/// </summary>
internal sealed class MutatedCopy : IDisposable
{
    private readonly string _folder;
    private readonly bool _isKept;

    private MutatedCopy(bool isKept)
    {
        _folder = Directory.CreateTempSubdirectory("ocs-mutate.").FullName;
        _isKept = isKept;
    }

    public string Program => Path.Combine(_folder, "tests/Simulator/bin/Embedded/Release/net10.0/ocs-simulate");

    public static async Task<MutatedCopy> Build(IReadOnlyCollection<Mutation> mutations, bool isKept, TextWriter progress, CancellationToken cancellationToken)
    {
        var tree = await SourceTree.Find(cancellationToken);
        var copy = new MutatedCopy(isKept);
        try
        {
            tree.CopyTo(copy._folder, mutations);
            await progress.WriteLineAsync($"building the simulator with {mutations.Count} mutations in {copy._folder}");
            await copy.Build(cancellationToken);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (!_isKept)
            Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Mutated code is not tidy, so nothing but the compiler looks at it.</summary>
    private Task Build(CancellationToken cancellationToken) => Child.Output(
        "dotnet",
        [
            "build", Path.Combine(_folder, "tests/Simulator"), "-c", "Release", "-nologo", "-v", "quiet", "-clp:NoSummary", "-nodeReuse:false",
            "-p:Engine=Embedded", "-p:TreatWarningsAsErrors=false", "-p:WarningLevel=0", "-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false", "-p:GenerateDocumentationFile=false",
        ],
        cancellationToken);
}
