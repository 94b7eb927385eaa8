namespace OrleansCluster.Silo.Hosting;

/// <summary>The folder of the database and of the logs.</summary>
internal static class DataFolder
{
    /// <exception cref="SiloOptionsException">It is not there and cannot be made.</exception>
    public static void Ensure(SiloOptions options)
    {
        try
        {
            Directory.CreateDirectory(options.Data);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SiloOptionsException([$"--data: '{options.Data}' cannot be made a folder ({exception.Message}); expected one that the silo may write to"]);
        }
    }
}
