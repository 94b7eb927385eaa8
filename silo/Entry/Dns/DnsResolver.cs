using System.Collections.Immutable;
using System.Net;

namespace OrleansCluster.Silo.Entry.Dns;

/// <summary>Answers questions for services by their endpoint lists, and refuses all others: it is no resolver for the rest of the world.</summary>
internal sealed class DnsResolver(ServiceDirectory directory, EntryInstruments instruments)
{
    /// <summary>As many of a service's addresses at a time; they begin with another one each time.</summary>
    private const int MostAddresses = 16;

    private const int MostPorts = 200;

    private int _turn;

    /// <param name="limit">Bytes of the answer at most.</param>
    /// <returns>Empty for what is not to be answered.</returns>
    public async Task<ReadOnlyMemory<byte>> Answer(ReadOnlyMemory<byte> packet, int limit, CancellationToken cancellationToken)
    {
        if (DnsQuery.Read(packet) is not { } query)
            return ReadOnlyMemory<byte>.Empty;
        var answer = new DnsAnswer(query, limit);
        var code = query.Fault == DnsCode.NoError ? await Fill(answer, DnsTarget.Of(query.Labels), cancellationToken) : query.Fault;
        instruments.Asked(code.ToString());
        return answer.Finish(code);
    }

    private async Task<DnsCode> Fill(DnsAnswer answer, DnsTarget target, CancellationToken cancellationToken)
    {
        switch (target)
        {
            case DnsTarget.Foreign:
                return DnsCode.Refused;
            case DnsTarget.Nothing:
                return DnsCode.NameError;
            case DnsTarget.Address address:
                answer.AddAddresses([address.Value]);
                return DnsCode.NoError;
            case DnsTarget.Tasks tasks:
                return await Fill(tasks.Service, found => answer.AddAddresses(Turned(AddressesOf(found)).Take(MostAddresses)), cancellationToken);
            case DnsTarget.Ports ports:
                return await Fill(ports.Service, found => answer.AddPorts(Turned(PortsOf(found, ports.ContainerPort)).Take(MostPorts)), cancellationToken);
            default:
                return DnsCode.NoError;
        }
    }

    private async Task<DnsCode> Fill(ServiceAddress service, Action<ImmutableArray<Destination>> fill, CancellationToken cancellationToken)
    {
        try
        {
            if (await directory.Find(service, cancellationToken) is not { } watch)
                return DnsCode.NameError;
            fill(watch.Destinations);
            return DnsCode.NoError;
        }
        catch (TimeoutException)
        {
            return DnsCode.ServerFailure;
        }
    }

    private static ImmutableArray<IPAddress> AddressesOf(ImmutableArray<Destination> destinations) =>
        [.. destinations.Select(destination => IPAddress.TryParse(destination.Endpoint.Address, out var address) ? address : null).OfType<IPAddress>().Distinct()];

    private static ImmutableArray<IPEndPoint> PortsOf(ImmutableArray<Destination> destinations, int? containerPort) =>
        [.. destinations.Select(destination => destination.Reach(containerPort)).OfType<IPEndPoint>()];

    private IEnumerable<T> Turned<T>(ImmutableArray<T> all)
    {
        if (all.IsEmpty)
            return [];
        var first = (int)((uint)Interlocked.Increment(ref _turn) % (uint)all.Length);
        return all.Skip(first).Concat(all.Take(first));
    }
}
