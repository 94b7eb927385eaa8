using OrleansCluster.Simulator;

return await SimulateCommand.Create().Parse(args).InvokeAsync();
