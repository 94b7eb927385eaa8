using Microsoft.Extensions.DependencyInjection;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>The embedded engine knows the assemblies that it is told of and no others, so there is nothing to hide from it.</summary>
internal static class RealGrains
{
    public static void Only(IServiceCollection services) => ArgumentNullException.ThrowIfNull(services);
}
