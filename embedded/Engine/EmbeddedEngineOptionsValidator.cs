using Microsoft.Extensions.Options;

namespace OrleansCluster.Embedded;

internal sealed class EmbeddedEngineOptionsValidator : IValidateOptions<EmbeddedEngineOptions>
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, EmbeddedEngineOptions options)
    {
        var faults = new List<string>();
        if (options.GrainAssemblies.Count == 0)
            faults.Add($"{nameof(options.GrainAssemblies)} is empty: add the assembly of the grain classes.");
        Check(nameof(options.ResponseTimeout), options.ResponseTimeout, Millisecond, Day);
        Check(nameof(options.CollectionAge), options.CollectionAge, TimeSpan.FromSeconds(1), TimeSpan.FromDays(3650));
        if (options.CollectionPeriod != Timeout.InfiniteTimeSpan)
            Check(nameof(options.CollectionPeriod), options.CollectionPeriod, TimeSpan.FromMilliseconds(10), Day);
        Check(nameof(options.ActivationTimeout), options.ActivationTimeout, Millisecond, Hour);
        Check(nameof(options.DeactivationTimeout), options.DeactivationTimeout, Millisecond, Hour);
        Check(nameof(options.StopTimeout), options.StopTimeout, TimeSpan.Zero, Hour);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Check(string option, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most) faults.Add($"{option} is {value}: set it to at least {least} and at most {most}.");
        }
    }
}
