using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansCluster.Tests.Engine.Grains;

[GenerateSerializer, Immutable, Alias("engine.note")]
internal sealed record Note([property: Id(0)] string Text, [property: Id(1)] ImmutableArray<int> Numbers);

/// <summary>Answers of all kinds.</summary>
[Alias("engine.echo")]
internal interface IEchoGrain : IGrainWithStringKey
{
    [Alias("echo")]
    Task<Note> Echo(Note note);

    [Alias("echo-value")]
    ValueTask<int> EchoValue(int value);

    [Alias("nothing")]
    ValueTask Nothing();

    [Alias("fail")]
    Task Fail(string message, bool synchronously);

    [Alias("relay-failure")]
    Task<int> RelayFailure(string key, string message);

    [ResponseTimeout("00:00:00.200"), Alias("too-slow")]
    Task TooSlow(string gate);

    [Alias("wait")]
    Task Wait(string name, CancellationToken cancellationToken);

    [Alias("relay-wait")]
    Task RelayWait(string key, string name, CancellationToken cancellationToken);

    [OneWay, Alias("one-way")]
    Task OneWay(string gate, bool fail);

    [Alias("context")]
    Task<string?> Context(string key, string? relayTo);

    [Alias("set-context")]
    Task SetContext(string key, string value);

    [Alias("identity")]
    Task<string> Identity();
}
