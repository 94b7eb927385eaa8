using System.Diagnostics.Metrics;

namespace OrleansCluster.Silo.Entry;

/// <summary>What the entry of this host counts.</summary>
internal sealed class EntryInstruments
{
    public const string MeterName = "OrleansCluster.Entry";

    private readonly Counter<long> _requests;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _queries;

    public EntryInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>(
            "ocs.entry.requests", "{request}", "HTTP requests and TCP connections that came in for a service, by what became of them: answered, failed, no task, aborted, unknown.");
        _retries = meter.CreateCounter<long>("ocs.entry.retries", "{request}", "Tries on another task, where one could not be reached or gave no answer.");
        _queries = meter.CreateCounter<long>("ocs.dns.queries", "{query}", "Names that were asked for, by the answer's code.");
    }

    public void Ended(ServiceAddress service, string protocol, string outcome) => _requests.Add(
        1, new KeyValuePair<string, object?>("service", service.ToString()), new KeyValuePair<string, object?>("protocol", protocol), new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>Names that are no service's are not counted by name: anybody can make up any number of them.</summary>
    public void Unknown(string protocol) =>
        _requests.Add(1, new KeyValuePair<string, object?>("service", ""), new KeyValuePair<string, object?>("protocol", protocol), new KeyValuePair<string, object?>("outcome", "unknown"));

    public void Retried(ServiceAddress service) => _retries.Add(1, new KeyValuePair<string, object?>("service", service.ToString()));

    public void Asked(string code) => _queries.Add(1, new KeyValuePair<string, object?>("code", code));
}
