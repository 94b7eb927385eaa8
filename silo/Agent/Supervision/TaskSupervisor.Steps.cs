using System.Collections.Immutable;

namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>The steps that act on the container runtime.</summary>
internal sealed partial class TaskSupervisor
{
    private async Task Launch(TaskDefinition definition, CancellationToken cancellationToken)
    {
        if (!IsApproved)
        {
            await AskToRun(cancellationToken);
            return;
        }

        if (!_context.Leftovers.IsEmpty)
        {
            await _inbox.Wait(cancellationToken);
            return;
        }

        using (await _context.Launches.Enter(cancellationToken))
        using (StartSpan("agent.launch"))
        {
            // Planned anew for each step: while it waited, the task may have been told to stop.
            while (IsApproved && _imageToEnsure is null && Plan(definition) is PlanStep.Create or PlanStep.Start)
                await LaunchNext(definition, cancellationToken);
        }

        if (_imageToEnsure is { } image)
            await EnsureImage(definition, image, cancellationToken);
        else if (_inbox.End is null)
            Observe(definition);
    }

    /// <summary>Reports that it is about to launch; nothing is created before the manager has agreed in this session.</summary>
    private async Task AskToRun(CancellationToken cancellationToken)
    {
        var before = _reported;
        Observe(_state > TaskState.Activating ? _state : TaskState.Activating);
        if (before is not null && ReferenceEquals(before, _reported))
            _context.Reporter.Offer(this, before);
        await _inbox.Wait(cancellationToken);
    }

    private async Task LaunchNext(TaskDefinition definition, CancellationToken cancellationToken)
    {
        switch (Plan(definition))
        {
            case PlanStep.Create create:
                await Create(definition, _containers[create.Container], cancellationToken);
                break;
            case PlanStep.Start start:
                await Start(definition, _containers[start.Container], cancellationToken);
                break;
        }
    }

    private async Task Create(TaskDefinition definition, ContainerView view, CancellationToken cancellationToken)
    {
        var spec = definition.Containers.First(container => container.Name == view.Name);
        var gpus = GpuAssignment.Of(Claim, definition, spec);
        var launch = new ContainerLaunch
        {
            Labels = new ContainerLabels(_context.Options.Cluster, _context.Options.Node, Claim.TaskId, Claim.Attempt, view.Name, _isKept),
            Spec = spec,
            Volumes = definition.Volumes,
            Network = definition.Network,
            Environment = TaskEnvironment.Of(_context.Options.Cluster, Claim, spec, gpus, ToRestore(definition, view.Name)),
            Gpus = gpus,
            PublishAt = TaskPorts.PublishAt(_context.Options.Address),
        };
        using var step = StartStep("container.create", view.Name);
        var began = _context.Clock.GetTimestamp();
        try
        {
            var id = await _context.Runtime.Create(launch, cancellationToken);
            _context.Instruments.Created(began);
            Set(view with { Id = id, Status = ContainerStatus.Created });
        }
        catch (ContainerException refused) when (refused.Failure == ContainerFailure.Image && _ensured.Add(spec.Image))
        {
            // Looking for the image before each launch would cost a call that is nearly always in vain.
            _imageToEnsure = spec.Image;
        }
        catch (ContainerException refused)
        {
            EndStep(step, refused);
            Fail(view, refused);
        }
        catch (RuntimeUnavailableException)
        {
            _context.Instruments.LaunchBroken();
            throw;
        }
    }

    private async Task Start(TaskDefinition definition, ContainerView view, CancellationToken cancellationToken)
    {
        using var step = StartStep("container.start", view.Name);
        var began = _context.Clock.GetTimestamp();
        try
        {
            if (ToRestore(definition, view.Name) is { } checkpoint)
                await _context.Checkpoints.Restore(Claim, definition.Checkpoint!, view.Id!, checkpoint, cancellationToken);
            await _context.Runtime.Start(view.Id!, cancellationToken);
            _context.Instruments.Started(began);
            Set(view with { Status = ContainerStatus.Running, StartedAt = _context.Clock.GetUtcNow() });
            if (definition.Network == NetworkMode.Bridge && definition.Containers.First(spec => spec.Name == view.Name).Ports is { IsEmpty: false })
                await Inspect(_containers[view.Name], cancellationToken);
        }
        catch (ContainerException refused)
        {
            EndStep(step, refused);
            Fail(view, refused);
        }
        catch (Exception exception)
        {
            if (exception is RuntimeUnavailableException)
                _context.Instruments.LaunchBroken();

            // It may have started all the same.
            _inbox.Changed(view.Name);
            throw;
        }
    }

    private async Task EnsureImage(TaskDefinition definition, string image, CancellationToken cancellationToken)
    {
        _imageToEnsure = null;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _inbox.Interrupted);
        try
        {
            if (_inbox.End is not null)
                return;
            await _context.Runtime.EnsureImage(image, either.Token);
        }
        catch (ContainerException refused)
        {
            foreach (var spec in definition.Containers.Where(spec => spec.Image == image && _containers[spec.Name].Status == ContainerStatus.Pending))
                Fail(_containers[spec.Name], refused);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The task is to end.
        }
        catch
        {
            // Not the image's fault: it is looked for again.
            _ensured.Remove(image);
            throw;
        }
    }

    private async Task Stop(TaskDefinition definition, ImmutableArray<string> names, CancellationToken cancellationToken)
    {
        // In this order: if it becomes urgent in between, the token tells.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _inbox.Interrupted);
        var isAtOnce = _inbox.End is { AtOnce: true };
        var views = names.Select(name => _containers[name]).ToArray();
        try
        {
            await Task.WhenAll(views.Select(view => StopOne(view, either.Token)));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It became urgent.
        }

        async Task StopOne(ContainerView view, CancellationToken token)
        {
            var own = TimeSpan.FromSeconds(definition.Containers.FirstOrDefault(spec => spec.Name == view.Name)?.StopTimeout ?? 0);
            var timeout = isAtOnce && own > _context.Options.FenceTimeout ? _context.Options.FenceTimeout : own;
            await _context.Runtime.Stop(view.Id!, timeout, token);
            await Inspect(view, token);
            if (Find(view.Name) is { Status: ContainerStatus.Running })
                throw new RuntimeUnavailableException($"Container {view.Id} still runs after it was stopped.");
        }
    }

    private async Task Finish(TaskDefinition definition, CancellationToken cancellationToken)
    {
        if (!_inbox.IsReleased)
        {
            if (!await TakeLast(definition, cancellationToken))
                return;
            Observe(definition);
            await _inbox.Wait(cancellationToken);
            return;
        }

        using (await _context.Cleanups.Enter(cancellationToken))
        {
            foreach (var view in _containers.Values.Where(view => view is { Id: not null, Vanished: false }))
            {
                await _context.Logs.Save(LogOf(view), view.Id!, cancellationToken);
                await _context.Runtime.Remove(view.Id!, cancellationToken);
            }
        }

        TellRuns();
        LogDone(_logger, Id, _inbox.End?.Code, _inbox.End?.Reason);
        IsDone = true;
        _lifetime!.Cancel();
    }

    private void Fail(ContainerView view, ContainerException refused)
    {
        LogRefused(_logger, Id, view.Name, refused.Reason);
        _context.Instruments.LaunchRefused(refused.Failure);
        Set(view with { Status = ContainerStatus.Stopped, Failure = refused.Reason, EndedAt = _context.Clock.GetUtcNow() });
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Task {Claim}: container {Container} was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string claim, string container, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Task {Claim} is done: {Code} {Reason}")]
    private static partial void LogDone(ILogger logger, string claim, StopCode? code, string? reason);
}
