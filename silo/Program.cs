using OrleansCluster.Silo.Hosting;
using OrleansCluster.Silo.Hosting.Fencing;

return args is [GuardProgram.Verb, ..] ? await GuardProgram.Run(args) : await SiloProgram.Run(args, Console.Error);
