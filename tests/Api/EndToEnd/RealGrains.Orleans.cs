using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>Orleans takes the grain classes of all assemblies it finds, and with the fakes of this one, two for an interface: every call would be ambiguous.</summary>
internal static class RealGrains
{
    public static void Only(IServiceCollection services) =>
        services.PostConfigure<GrainTypeOptions>(types => types.Classes.RemoveWhere(c => c.Assembly == typeof(RealGrains).Assembly));
}
