using System.Collections.Immutable;

namespace OrleansCluster.Silo.Hosting;

/// <summary>What an operator sets: by <c>appsettings.json</c> (section <c>Ocs</c>), environment (<c>Ocs__Listen</c>) or command line (<c>--listen</c>).</summary>
public sealed record SiloOptions
{
    /// <summary>The cluster that this silo's agents belong to.</summary>
    public string Cluster { get; init; } = "default";

    /// <summary>Folder of the database and of the logs of ended containers.</summary>
    public string Data { get; init; } = "ocs-data";

    /// <summary>Where the API listens: <c>host:port</c>, on loopback.</summary>
    public string Listen { get; init; } = "127.0.0.1:7070";

    /// <summary><c>docker</c>, <c>simulated</c>, or <c>none</c> for a silo without an agent.</summary>
    public string Runtime { get; init; } = "docker";

    /// <summary>The Docker Engine's address, such as <c>unix:///var/run/docker.sock</c>; by default what DOCKER_HOST says.</summary>
    public string? DockerHost { get; init; }

    /// <summary>This host's name in the cluster; by default the machine's name.</summary>
    public string? Node { get; init; }

    /// <summary>How many nodes this silo has agents for. More than one is for trying things out: they share this host.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Millicores a node offers, where they are not to be measured.</summary>
    public int? Cpu { get; init; }

    /// <summary>MiB of memory a node offers, where it is not to be measured.</summary>
    public int? Memory { get; init; }

    /// <summary>MiB of disk a node offers, where it is not to be measured.</summary>
    public int? Disk { get; init; }

    /// <summary>The IP address at which others reach what its nodes' tasks publish; by default <see cref="Address"/>.</summary>
    public string? NodeAddress { get; init; }

    /// <summary>What constraints can ask of its nodes: on the command line <c>--attribute zone=a</c>, once for each; elsewhere <c>Attributes:zone</c>.</summary>
    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Its nodes' GPUs: on the command line <c>--gpu 0=A100</c>, once for each; elsewhere <c>Gpus:0</c>.</summary>
    public ImmutableArray<GpuDevice> Gpus { get; init; } = [];

    /// <summary>What else its nodes offer: on the command line <c>--amount licence=4</c>, once for each; elsewhere <c>Amounts:licence</c>.</summary>
    public ImmutableSortedDictionary<string, int> Amounts { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>How many batch schedulers place the cluster's tasks at the same time, the jobs dealt out among them; the same for all silos.</summary>
    public int Schedulers { get; init; } = 1;

    /// <summary>Seconds after which an agent that cannot renew its lease stops its tasks.</summary>
    public int LeaseSeconds { get; init; } = 10;

    /// <summary>Seconds after which a silent node is declared lost; longer than <see cref="LeaseSeconds"/>.</summary>
    public int LostAfterSeconds { get; init; } = 15;

    /// <summary>Where traces, metrics and logs are sent by OTLP: <c>http://host:port</c>; by default nowhere.</summary>
    public string? Otlp { get; init; }

    /// <summary><c>grpc</c> or <c>http/protobuf</c>; by default what the port of <see cref="Otlp"/> is registered for.</summary>
    public string? OtlpProtocol { get; init; }

    /// <summary>
    /// The PostgreSQL database of the cluster, as Npgsql reads it: <c>Host=…;Database=…;Username=…</c>. All silos of a deployment name the same one.
    /// Without it the state is in a SQLite file in <see cref="Data"/>, and this is the only silo.
    /// </summary>
    public string? Postgres { get; init; }

    /// <summary>Whether the silo brings an older schema of <see cref="Postgres"/> up to date, instead of refusing to start on it.</summary>
    public bool Migrate { get; init; }

    /// <summary>
    /// Where checkpoints are kept: a folder that all silos of a deployment see, or a bucket as <c>s3://bucket/prefix?endpoint=https://…</c>. By default in the database,
    /// up to 16 MiB each. The same for all silos.
    /// </summary>
    public string? Checkpoints { get; init; }

    /// <summary>Where HTTP requests to services are let in: <c>host:port</c>, on loopback; by default nowhere.</summary>
    public string? Entry { get; init; }

    /// <summary>Ports of loopback, the connections to which go to a service: on the command line <c>--entry-tcp 5432=db</c>, once for each; elsewhere <c>EntryTcp:5432</c>.</summary>
    public ImmutableSortedDictionary<string, string> EntryTcp { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Where names of services are answered, over UDP and TCP: <c>host:port</c>, on loopback; by default nowhere.</summary>
    public string? Dns { get; init; }

    /// <summary>The image in which tasks of Mesos frameworks run that name none; by default such tasks are refused. The same for all silos.</summary>
    public string? MesosImage { get; init; }

    /// <summary>The address of this machine at which other silos and Orleans clients reach this one; on loopback where there is no <see cref="TlsCertificate"/>. Engine=Orleans only.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>
    /// File of the certificate that this silo shows to other silos and Orleans clients, PEM or PFX without a password. With it, and always with
    /// <see cref="TlsAuthority"/>, every connection to and from them is TLS, on which both sides show a certificate. Engine=Orleans only.
    /// </summary>
    public string? TlsCertificate { get; init; }

    /// <summary>File of the private key of <see cref="TlsCertificate"/>, PEM without a password; by default in the same file.</summary>
    public string? TlsKey { get; init; }

    /// <summary>File of the certificate of the authority that has signed those of all silos and Orleans clients, PEM; nobody else's are accepted.</summary>
    public string? TlsAuthority { get; init; }

    /// <summary>Where other silos reach this one; by default a free port. Engine=Orleans only.</summary>
    public int? SiloPort { get; init; }

    /// <summary>Where Orleans clients of other processes reach this silo; by default nowhere. Engine=Orleans only.</summary>
    public int? GatewayPort { get; init; }

    /// <summary>Shows Orleans's dashboard at <c>/dashboard</c> of the API's address. Engine=Orleans only.</summary>
    public bool Dashboard { get; init; }
}
