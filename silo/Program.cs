using OrleansCluster.Silo.Hosting;

return await SiloProgram.Run(args, Console.Error);
