using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NightlyReports;
using OrleansCluster.Client;

// nightly-reports --postgres CONNECTION [--day YYYY-MM-DD] [--client]
var isClient = args.Contains("--client");
var builder = Host.CreateApplicationBuilder([.. args.Where(argument => argument != "--client")]);
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Orleans", LogLevel.Error);
var postgres = builder.Configuration["postgres"] ?? "";
var day = builder.Configuration["day"] ?? TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

if (isClient)
    builder.UseOrleansClient(client => client.AddOrleansCluster(options => options.Postgres = postgres));
else
    builder.UseOrleans(silo => silo.AddOrleansCluster(options => options.Postgres = postgres));

using var host = builder.Build();
await host.StartAsync();
var report = isClient
    ? await new ReportMaker(host.Services.GetRequiredService<ClusterGrains>()).Make(day, CancellationToken.None)
    : await host.Services.GetRequiredService<IGrainFactory>().GetGrain<INightlyReportGrain>($"nightly/{day}").Make(CancellationToken.None);

Console.WriteLine($"{report.Job} {report.Status}, written on node {report.Node}");
foreach (var line in report.Events)
    Console.WriteLine($"  {line}");
await host.StopAsync();
return report.Status == OrleansCluster.JobStatus.Succeeded ? 0 : 1;
