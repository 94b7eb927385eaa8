namespace OrleansCluster.Embedded;

/// <summary>
/// Says where calls go when there is more than one engine: in simulations of several silos. Without one, every call stays in its engine.
/// </summary>
internal interface ICallRouter
{
    /// <summary>
    /// Takes a call over: it is answered by <see cref="GrainCall.DeliverHere"/>, or by <see cref="Request.Answer"/> with the outcome of the same call in
    /// another engine (<see cref="EmbeddedEngine.Receive"/>). A call that is lost on the way just times out.
    /// </summary>
    void Route(GrainCall call);
}
