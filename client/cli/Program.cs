using OrleansCluster.Cli;
using OrleansCluster.Cli.Hosting;

using var interruption = new Interruption();
return await CliApp.Run(args, CliHost.OfThisProcess(), interruption.Token);
