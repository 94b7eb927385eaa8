using System.CommandLine;
using OrleansCluster.Mutations;

// Long enough to end the simulations that run and to remove the copy.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) };
return await MutateCommand.Create().Parse(args).InvokeAsync(configuration);
