using OrleansCluster.Files;
using OrleansCluster.Files.Compose;
using OrleansCluster.Grains.Services;

namespace OrleansCluster.Tests.Api.Files;

public sealed class ComposeTests
{
    private const string Good = """
        version: "3.9"
        x-notes: { anything: goes }
        services:
          web:
            image: ocs/busybox
            entrypoint: /bin/sh
            command: -c "echo $$HOME 'a b'; sleep 100"
            environment:
              PORT: 8080
              DEBUG: true
              EMPTY: ""
            ports: ["8080:80", 53:53/udp]
            volumes: ["/srv/www:/www:ro", "/srv/data:/data"]
            working_dir: /www
            user: 1000:1000
            stop_grace_period: 1m30s
            restart: unless-stopped
            labels: { team: shop }
            deploy:
              replicas: 3
              resources:
                limits: { cpus: "0.5", memory: 512M }
          db:
            image: postgres:17
            command: [postgres, -c, max_connections=50]
            environment: [A=1, "B=x=y"]
            user: 999
        """;

    [Fact]
    public void Read_CommonSubset_IsServicesOfTheProject()
    {
        var file = Read(Good, "shop");

        var (web, db) = (file.Services[0].Spec, file.Services[1].Spec);
        Assert.Equal(("shop-web", 3, "shop-db", 1), (web.Name, web.DesiredCount, db.Name, db.DesiredCount));
        var container = web.Containers.Single();
        Assert.Equal(["/bin/sh"], container.EntryPoint);
        Assert.Equal(["-c", "echo $HOME 'a b'; sleep 100"], container.Command);
        Assert.Equal(["DEBUG=true", "EMPTY=", "PORT=8080"], container.Environment.Select(variable => $"{variable.Key}={variable.Value}"));
        Assert.Equal([(8080, 80, PortProtocol.Tcp), (53, 53, PortProtocol.Udp)], container.Ports.Select(port => (port.Host, port.Container, port.Protocol)));
        Assert.Equal((500, 512, 90, "/www", "1000:1000"), (container.Resources.Cpu, container.Resources.Memory, container.StopTimeout, container.WorkingDirectory, container.User));
        Assert.Equal("/srv/www", web.Volumes[0].Host);
        Assert.Equal(("v0", "/www", true, "v1", "/data", false), (container.Mounts[0].Volume, container.Mounts[0].Path, container.Mounts[0].ReadOnly, container.Mounts[1].Volume, container.Mounts[1].Path, container.Mounts[1].ReadOnly));
        Assert.Equal(["A=1", "B=x=y"], db.Containers[0].Environment.Select(variable => $"{variable.Key}={variable.Value}"));
        Assert.Equal((100, 64, 10, "999"), (db.Containers[0].Resources.Cpu, db.Containers[0].Resources.Memory, db.Containers[0].StopTimeout, db.Containers[0].User));
        Assert.All(file.Services, service => Assert.Empty(ServiceValidator.Validate(service.Spec)));
    }

    [Fact]
    public void Read_WhatIsNotSupported_IsRefusedByNameAndLineAllAtOnce()
    {
        const string text = """
            services:
              web:
                build: .
                depends_on: [db]
                healthcheck: { test: [CMD, "true"] }
                command: echo "open
                environment: [HOME, "TAG=${TAG:-latest}"]
                ports: ["80-81:80", "127.0.0.1:8080:80"]
                volumes: ["data:/data", "/a"]
                restart: "no"
                stop_grace_period: soon
                deploy:
                  replicas: many
                  placement: {}
                  resources: { limits: { cpus: none, memory: 1 foot, pids: 5 }, reservations: {} }
              Big_One:
                image: app
            volumes:
              data:
            """;

        var refusal = Assert.Throws<SourceFileException>(() => Read(text, "shop"));

        Assert.Equal(
            [
                "2:3 /services/web", "3:5 /services/web/build", "4:5 /services/web/depends_on", "5:5 /services/web/healthcheck", "6:5 /services/web/command",
                "7:19 /services/web/environment/0", "7:25 /services/web/environment/1", "8:13 /services/web/ports/0", "8:25 /services/web/ports/1",
                "9:15 /services/web/volumes/0", "9:29 /services/web/volumes/1", "10:5 /services/web/restart", "11:5 /services/web/stop_grace_period",
                "13:7 /services/web/deploy/replicas", "14:7 /services/web/deploy/placement", "15:30 /services/web/deploy/resources/limits/cpus",
                "15:42 /services/web/deploy/resources/limits/memory", "15:58 /services/web/deploy/resources/limits/pids", "15:69 /services/web/deploy/resources/reservations",
                "16:3 /services/Big_One", "18:1 /volumes",
            ],
            refusal.Faults.Select(fault => $"{fault.Line}:{fault.Column} {fault.Path}"));
        Assert.Contains("Variables (${TAG:-latest}) are not filled in", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("services: {}", null, "no project's name")]
    [InlineData("services: {}", "Shop", "'Shop' is no project's name")]
    [InlineData("name: shop", null, "It has no services")]
    [InlineData("- a", "shop", "Expected names with values.")]
    [InlineData("services: [a]", "shop", "Expected names with values.")]
    [InlineData("services: { web: }", "shop", "Expected names with values.")]
    [InlineData("services: { web: &a { image: app } }", "shop", "Anchors")]
    [InlineData("services: {", "shop", "It is not YAML")]
    public void Read_NoComposeFile_SaysWhatIsExpected(string text, string? project, string expected) =>
        Assert.Contains(expected, Assert.Throws<SourceFileException>(() => Read(text, project)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("name: shop\nservices: { web: { image: app } }", null, "shop-web")]
    [InlineData("name: shop\nservices: { web: { image: app } }", "other", "other-web")]
    public void Read_Project_IsWhatIsAskedForOrWhatTheFileSays(string text, string? project, string name) => Assert.Equal(name, Read(text, project).Services.Single().Spec.Name);

    [Fact]
    public void Read_FileInAFolder_HasItsNameAndPaths()
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("ocs-compose-").FullName, "My-Shop_1");
        try
        {
            Directory.CreateDirectory(folder);
            var path = Path.Combine(folder, "compose.yaml");
            File.WriteAllText(path, "services: { web: { image: app, volumes: [./data:/data] } }");

            var service = ComposeFile.Read(path, text: null, project: null).Services.Single().Spec;

            Assert.Equal(("my-shop1-web", Path.Combine(folder, "data")), (service.Name, service.Volumes[0].Host));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("  a  b ", "a|b")]
    [InlineData("a 'b \"c' \"d 'e\"", "a|b \"c|d 'e")]
    [InlineData(@"a\ b c\""d", "a b|c\"d")]
    [InlineData("''", "")]
    [InlineData("x'y'z", "xyz")]
    public void Words_Quotes_AreThoseOfAShell(string text, string expected) => Assert.Equal(expected, string.Join('|', ComposeValues.Words(text) ?? []));

    [Theory]
    [InlineData("512m", 512)]
    [InlineData("1G", 1024)]
    [InlineData("1.5gb", 1536)]
    [InlineData("1048577", 2)]
    [InlineData("64MiB", null)]
    [InlineData("0", null)]
    [InlineData("-1m", null)]
    [InlineData("999999999999g", null)]
    public void Memory_Amounts_AreMebibytesRoundedUp(string text, int? expected) => Assert.Equal(expected, ComposeValues.Memory(text));

    [Theory]
    [InlineData("10s", 10)]
    [InlineData("1h2m3s", 3723)]
    [InlineData("1500ms", 2)]
    [InlineData("10", null)]
    [InlineData("", null)]
    public void Seconds_Times_AreSecondsRoundedUp(string text, int? expected) => Assert.Equal(expected, ComposeValues.Seconds(text));

    [Fact]
    public void InFile_FaultOfTheCluster_IsAtItsPlace()
    {
        var service = new ComposeService(new ServiceSpec { Name = "shop-web" }, "/services/web");

        Assert.Equal("/services/web/image", service.InFile(new Fault("/containers/0/image", "x")).Path);
        Assert.Equal("/services/web/deploy/resources/limits", service.InFile(new Fault("/containers/0/resources/cpu", "x")).Path);
        Assert.Equal("/services/web", service.InFile(new Fault("/deploymentConfiguration", "x")).Path);
    }

    private static ComposeFile Read(string text, string? project) => ComposeFile.Read("compose.yaml", text, project);
}
