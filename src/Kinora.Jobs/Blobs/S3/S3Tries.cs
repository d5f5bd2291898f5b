namespace Kinora.Jobs.Blobs.S3;

/// <summary>Repeats what the SDK cannot: the reading of a body, which breaks after its request has succeeded.</summary>
internal static class S3Tries
{
    /// <summary>Runs a try under a time-out, and again after a growing pause where that may help, <see cref="S3Options.Retries"/> times.</summary>
    internal static async Task<T> RunAsync<T>(S3Options options, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (int tries = 0; ; tries++)
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                patience.CancelAfter(options.Timeout);
                return await attempt(patience.Token);
            }
            catch (Exception exception) when (tries < options.Retries && S3Faults.IsBrokenBody(exception, cancellationToken))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 << Math.Min(tries, 6)), cancellationToken);
            }
        }
    }
}
