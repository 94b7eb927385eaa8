using System.Text.Json;
using OrleansCluster.Silo.Api.Mesos;

namespace OrleansCluster.Tests.Api.Mesos;

/// <summary>Tasks of Mesos as tasks of ours, and what becomes of ours as Mesos says it.</summary>
public sealed class MesosTranslationTests
{
    [Fact]
    public void Task_DockerOnABridge_HasItsPortsVolumesHealthCheckAndTimes()
    {
        var task = Translate(
            """
            {"task_id":{"value":"t"},"agent_id":{"value":"n"},"kill_policy":{"grace_period":{"nanoseconds":2500000000}},
             "resources":[{"name":"cpus","type":"SCALAR","scalar":{"value":0.1}},{"name":"cpus","type":"SCALAR","scalar":{"value":0.2}},{"name":"mem","type":"SCALAR","scalar":{"value":64.5}},
               {"name":"gpus","type":"SCALAR","scalar":{"value":1}},{"name":"licence","type":"SCALAR","scalar":{"value":2}},{"name":"ports","type":"RANGES","ranges":{"range":[{"begin":31000,"end":31001}]}}],
             "command":{"shell":false,"value":null,"arguments":["-p","80"],"environment":null,"user":"web","uris":[]},
             "container":{"type":"DOCKER","volumes":[{"host_path":"/srv","container_path":"/www","mode":"RO"}],
               "docker":{"image":"nginx","network":"BRIDGE","privileged":false,"force_pull_image":true,"parameters":[{"key":"env","value":"A=b=c"}],
                 "port_mappings":[{"host_port":31000,"container_port":80,"protocol":"tcp"}]}},
             "health_check":{"type":"HTTP","http":{"port":31000,"path":"/up","statuses":[200]},"interval_seconds":0.5,"timeout_seconds":90,"consecutive_failures":null}}
            """);

        Assert.Equal(("t", "n", NetworkMode.Bridge), (task.Name, task.Node, task.Network));
        var container = Assert.Single(task.Containers);
        Assert.Equal(("nginx", new Resources(300, 65, 0), 3, "web"), (container.Image, container.Resources, container.StopTimeout, container.User));
        Assert.Equal((1, 2), (container.Gpu!.Count, container.Amounts["licence"]));
        Assert.Equal(["-p", "80"], container.Command);
        Assert.Empty(container.EntryPoint);
        Assert.Equal("b=c", container.Environment["A"]);
        Assert.Equal([(80, 31000), (31001, 31001)], container.Ports.Select(port => (port.Container, port.Host)));
        Assert.Equal(("/srv", "/www", true), (task.Volumes[0].Host, container.Mounts[0].Path, container.Mounts[0].ReadOnly));
        Assert.Equal((80, "/up", 200), (container.HealthCheck!.Http!.Port, container.HealthCheck.Http.Path, container.HealthCheck.Http.Status));
        Assert.Equal((1, 60, 3), (container.HealthCheck.Interval, container.HealthCheck.Timeout, container.HealthCheck.Retries));
    }

    [Theory]
    [InlineData("""{"value":"echo $A"}""", "/bin/sh", "-c", "echo $A")]
    [InlineData("""{"shell":false,"value":"/bin/echo","arguments":["echo","a"]}""", "/bin/echo", "a")]
    [InlineData("""{"shell":null,"value":"true","arguments":null}""", "/bin/sh", "-c", "true")]
    public void Task_CommandWithoutAnImage_RunsInTheOperatorsOnTheNodesNetwork(string command, params string[] words)
    {
        var task = Translate($$$$"""{"task_id":{"value":"t"},"agent_id":{"value":"n"},"command":{{{{command}}}},"container":null,"executor":null}""");

        Assert.Equal(("fallback", NetworkMode.Host), (task.Containers[0].Image, task.Network));
        Assert.Equal(words, task.Containers[0].EntryPoint.Concat(task.Containers[0].Command));
    }

    [Theory]
    [InlineData(""" "executor":{} """, "Custom executors are not supported")]
    [InlineData(""" "command":{"value":"x","uris":[{"value":"http://a/b"}]} """, "Command.uris are not supported")]
    [InlineData(""" "command":{"shell":true} """, "Command.value is missing")]
    [InlineData(""" "command":{"value":"x","environment":{"variables":[{"name":"P","type":"SECRET"}]}} """, "Secrets in command.environment")]
    [InlineData(""" "command":null """, "The task has neither a command nor a container.")]
    [InlineData(""" "container":{"type":"DOCKER","docker":{"image":"a","network":"USER"}} """, "Container.docker.network USER is not supported")]
    [InlineData(""" "container":{"type":"DOCKER","docker":{"image":"a","parameters":[{"key":"cap-add","value":"ALL"}]}} """, "The Docker parameter 'cap-add' is not supported")]
    [InlineData(""" "container":{"type":"MESOS","mesos":{"image":{"type":"APPC"}}} """, "Container.mesos.image is not of type DOCKER")]
    [InlineData(""" "container":{"type":"MESOS","volumes":[{"container_path":"data","mode":"RW"}]} """, "A volume has neither")]
    [InlineData(""" "command":{"value":"x"},"resources":[{"name":"bugs","type":"SET","set":{"item":["a"]}}] """, "Resource 'bugs' is no scalar")]
    [InlineData(""" "command":{"value":"x"},"resources":[{"name":"disk","scalar":{"value":1},"disk":{"persistence":{"id":"a"}}}] """, "Persistent volumes are not supported")]
    [InlineData(""" "command":{"value":"x"},"resources":[{"name":"ports","ranges":{"range":[{"begin":1,"end":65535}]}}] """, "More than 1000 ports are asked for")]
    [InlineData(""" "command":{"value":"x"},"health_check":{"http":{"scheme":"https","port":1}} """, "A health check by https is not supported")]
    public void Task_WhatCannotBeHad_SaysWhat(string fields, string reason)
    {
        Assert.False(TaskTranslation.TryTranslate(Value($$$$"""{"task_id":{"value":"t"},{{{{fields}}}}}"""), "fallback", out _, out var fault));
        Assert.StartsWith(reason, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Task_CommandWithoutAnImageWhereThereIsNone_SaysHowToSetOne()
    {
        Assert.False(TaskTranslation.TryTranslate(Value("""{"command":{"value":"x"}}"""), null, out _, out var fault));
        Assert.Contains("--mesos-image", fault);
    }

    [Theory]
    [InlineData(StopCode.EssentialContainerExited, 0, "TASK_FINISHED", "TASK_FINISHED")]
    [InlineData(StopCode.EssentialContainerExited, 3, "TASK_FAILED", "TASK_FAILED")]
    [InlineData(StopCode.UserInitiated, 0, "TASK_KILLED", "TASK_KILLED")]
    [InlineData(StopCode.TaskFailedToStart, null, "TASK_LOST", "TASK_DROPPED")]
    [InlineData(StopCode.NodeLost, null, "TASK_LOST", "TASK_GONE")]
    [InlineData(StopCode.AgentStopped, null, "TASK_LOST", "TASK_GONE")]
    [InlineData(StopCode.Preempted, null, "TASK_LOST", "TASK_GONE")]
    [InlineData(StopCode.NodeDraining, null, "TASK_KILLED", "TASK_KILLED")]
    [InlineData(StopCode.TimedOut, null, "TASK_FAILED", "TASK_FAILED")]
    public void Status_OfAnEnd_ByItsStopCodeAndWhatTheFrameworkUnderstands(StopCode code, int? exit, string plain, string aware)
    {
        var update = Update(TaskState.Stopped, View(TaskState.Stopped) with
        {
            StopCode = code,
            Succeeded = exit == 0,
            Containers = [new ContainerState { Name = "task", Status = ContainerStatus.Stopped, ExitCode = exit, RuntimeId = "c1" }],
        });

        Assert.Equal(plain, (string?)StatusTranslation.Translate(update, new FrameworkInfo { Name = "f" }, "10.0.0.1")["state"]);
        var status = StatusTranslation.Translate(update, new FrameworkInfo { Name = "f", Capabilities = ["PARTITION_AWARE"] }, "10.0.0.1");
        Assert.Equal(aware, (string?)status["state"]);
        Assert.Equal("10.0.0.1", (string?)status["container_status"]!["network_infos"]![0]!["ip_addresses"]![0]!["ip_address"]);
        Assert.Equal(TaskState.Stopped, MesosUuid.StateOf("t", (string)status["uuid"]!));
    }

    [Theory]
    [InlineData(TaskState.Pending, "TASK_STAGING")]
    [InlineData(TaskState.Activating, "TASK_STARTING")]
    [InlineData(TaskState.Running, "TASK_RUNNING")]
    [InlineData(TaskState.Stopping, "TASK_KILLING")]
    public void Status_InAReconciliation_IsTheStateAsItIsWithoutAUuid(TaskState state, string expected)
    {
        var status = StatusTranslation.Translate(Update(state, View(state)) with { WantsAcknowledgement = false }, new FrameworkInfo { Name = "f", Capabilities = ["TASK_KILLING_STATE"] }, null);

        Assert.Equal((expected, "REASON_RECONCILIATION"), ((string?)status["state"], (string?)status["reason"]));
        Assert.False(status.ContainsKey("uuid"));
    }

    [Fact]
    public void Events_TaskOfALostNode_FirstThatItsAgentFailed()
    {
        var update = Update(TaskState.Stopped, View(TaskState.Stopped) with { StopCode = StopCode.NodeLost });
        var events = new MesosEvents(new MesosFrameworkId("f", "token"), new FrameworkInfo { Name = "f" }).Translate(new FrameworkEvent { Sequence = 1, Update = update }).ToList();

        Assert.Equal(["FAILURE", "UPDATE"], events.Select(happened => (string?)happened["type"]));
        Assert.Equal("n", (string?)events[0]["failure"]!["agent_id"]!["value"]);
    }

    [Theory]
    [InlineData("My first Command framework", "my-first-command-framework-x1")]
    [InlineData("", "framework-x1")]
    [InlineData("99 Größen", "f-99-gr-en-x1")]
    public void Framework_Name_IsMadeOfWhatItIsCalled(string name, string expected) => Assert.Equal(expected, new FrameworkInfo { Name = name }.ToName("x1"));

    private static FrameworkTask Translate(string json)
    {
        Assert.True(TaskTranslation.TryTranslate(Value(json), "fallback", out var task, out var fault), fault);
        return task;
    }

    private static MesosValue Value(string json) => new(JsonElement.Parse(json));

    private static FrameworkUpdate Update(TaskState state, TaskView view) => new() { Task = "t", State = state, View = view, WantsAcknowledgement = true, At = DateTimeOffset.UnixEpoch };

    private static TaskView View(TaskState state) => new()
    {
        Id = "f._t.0", JobId = "f", Name = "_t", Index = 0, Team = "default", Priority = 0, Definition = "d:1", Resources = default, Attempt = 1, State = state,
        DesiredStatus = DesiredStatus.Running, Node = "n", CreatedAt = DateTimeOffset.UnixEpoch, QueuedAt = DateTimeOffset.UnixEpoch, Succeeded = false,
    };
}
