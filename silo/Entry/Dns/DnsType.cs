namespace OrleansCluster.Silo.Entry.Dns;

/// <summary>Types of records (RFC 1035, 2782, 3596) that are answered; any other number may be asked for.</summary>
internal enum DnsType
{
    A = 1,
    Aaaa = 28,
    Srv = 33,
    Any = 255,
}
