using Microsoft.Extensions.Options;

namespace OrleansCluster.Client;

internal sealed class OptionsValidator : IValidateOptions<OrleansClusterClientOptions>
{
    public ValidateOptionsResult Validate(string? name, OrleansClusterClientOptions options)
    {
        var faults = options.Faults().ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
