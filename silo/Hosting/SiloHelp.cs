namespace OrleansCluster.Silo.Hosting;

internal static class SiloHelp
{
    public const string Text = """
        ocs-silo: one host of an OrleansCluster: grains, HTTP API and the agent that runs the containers.

        Usage: ocs-silo [options]        each also as Ocs__Name in the environment or in appsettings.json, section Ocs

          --cluster NAME            the cluster its agents belong to                          (default)
          --data DIR                database and logs of ended containers                     (./ocs-data)
          --listen ADDRESS:PORT     where the API listens; loopback only                      (127.0.0.1:7070)
          --runtime R               docker, simulated (nothing really runs) or none (no agent) (docker)
          --docker-host URL         unix:///path or tcp://host:port                           (DOCKER_HOST)
          --node NAME               this host's name in the cluster                           (the machine's)
          --nodes N                 agents in this silo, for trying things out                (1)
          --node-address IP         where others reach what its tasks publish                 (that of --address)
          --cpu N --memory N --disk N   what a node offers: millicores, MiB, MiB              (measured)
          --attribute NAME=VALUE    what constraints of tasks can ask of its nodes; as often as there are attributes
          --gpu ID=MODEL            a GPU of its nodes, as the container runtime names it; as often as there are any
          --amount NAME=N           what else its nodes offer, such as licences; as often as there are any
          --schedulers N            batch schedulers at the same time; jobs are dealt out among them; the same for all silos (1)
          --lease-seconds N         an agent cut off for so long stops its tasks              (10)
          --lost-after-seconds N    a silent node's tasks go elsewhere                        (15)
          --postgres CONNECTION     the cluster's database, as Npgsql reads it; one for all silos (a SQLite file in DIR)
          --migrate true            bring an older schema of that database up to date        (false)
          --checkpoints WHERE       a folder that all silos see, or s3://bucket/prefix?endpoint=URL; the same for all silos (the database)
          --entry ADDRESS:PORT      lets HTTP requests to services in, by the Host header SERVICE.CLUSTER.ocs.internal; loopback only (nowhere)
          --entry-tcp PORT=SERVICE[:CONTAINERPORT]   lets connections to a service in at a port of loopback; as often as there are any
          --dns ADDRESS:PORT        answers names of services, UDP and TCP; loopback only     (nowhere)
          --mesos-image IMAGE       in which tasks of Mesos frameworks run that name no image; the same for all silos (they are refused)
          --otlp URL                sends traces, metrics and logs to http://host:port        (nowhere)
          --otlp-protocol P         grpc or http/protobuf                                     (by port: 4317, 4318)
          --address IP              where other silos reach this one; Engine=Orleans only     (127.0.0.1)
          --silo-port N             where other silos reach this one; Engine=Orleans only     (a free one)
          --gateway-port N          where Orleans clients reach it; Engine=Orleans only       (nowhere)
          --tls-certificate FILE    shown to other silos and Orleans clients, PEM or PFX; with it, --address may be any of this
                                    machine's, otherwise loopback only; Engine=Orleans only   (no TLS)
          --tls-key FILE            its private key, PEM without a password                   (in the certificate's file)
          --tls-authority FILE      who has signed all silos' and clients' certificates, PEM; nobody else's are accepted
          --dashboard true          Orleans's dashboard at /dashboard; Engine=Orleans only    (false)

        Examples:
          ocs-silo --data /var/lib/ocs
          ocs-silo --postgres "Host=/run/postgresql;Database=ocs;Username=ocs" --migrate true
          ocs-silo --postgres "Host=db;Database=ocs;Username=ocs;SSL Mode=VerifyFull" --address 10.0.0.11 \
                   --tls-certificate host-1.pem --tls-key host-1.key --tls-authority authority.pem
          ocs-silo --runtime simulated --nodes 3 --cpu 4000 --memory 16384
          ocs-silo --attribute zone=a --attribute disk=ssd
          ocs-silo --entry 127.0.0.1:8080 --entry-tcp 5432=db --dns 127.0.0.1:5353
          ocs-silo --listen 127.0.0.1:5050 --mesos-image busybox
          ocs-silo --gpu 0=A100 --gpu 1=A100 --amount licence=4

        """;
}
