using Kinora.Client.Contracts;

namespace Kinora.Client;

/// <summary>Follows one request until it is completed, and passes on what is new.</summary>
internal sealed class RequestFollower(Queue queue, TimeSpan pollInterval, TimeProvider time, string endpointId, string requestId, SubscribeOptions options)
{
    private int _linesSeen;

    /// <summary>Returns when the request is completed, well or badly.</summary>
    public async Task UntilCompletedAsync(CancellationToken cancellationToken)
    {
        if (!options.Streaming || !await ListenAsync(cancellationToken))
        {
            await PollAsync(cancellationToken);
        }
    }

    /// <summary>Listens to the status stream; false if it ended too early.</summary>
    private async Task<bool> ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var status in queue.StreamStatusAsync(endpointId, requestId, options.WithLogs, cancellationToken))
            {
                _linesSeen += status.Logs?.Count ?? 0;
                options.OnUpdate?.Invoke(status);
                if (status.Status == QueueState.Completed)
                {
                    return true;
                }
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            // A stream that breaks says nothing about the request: polling goes on where it ended.
        }

        return false;
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var status = await queue.GetStatusAsync(endpointId, requestId, options.WithLogs, cancellationToken);
            options.OnUpdate?.Invoke(OnlyNewLines(status));
            if (status.Status == QueueState.Completed)
            {
                return;
            }

            await Task.Delay(pollInterval, time, cancellationToken);
        }
    }

    /// <summary>A status answer carries all lines so far. A request that was put back may start its lines anew: then all of them are new.</summary>
    private QueueStatus OnlyNewLines(QueueStatus status)
    {
        if (status.Logs is not { } lines)
        {
            return status;
        }

        var fresh = lines.Count < _linesSeen ? lines : [.. lines.Skip(_linesSeen)];
        _linesSeen = lines.Count;
        return status with { Logs = fresh };
    }
}
