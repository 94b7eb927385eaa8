namespace OrleansCluster.Client.Hosting.Tls;

/// <summary>What is wrong with one of the files.</summary>
/// <param name="Option">Its name in <see cref="OrleansClusterTlsOptions"/>; the silo's command line spells it otherwise.</param>
/// <param name="Text">Begins with what was found, and says what is expected.</param>
internal sealed record TlsFault(string Option, string Text);
