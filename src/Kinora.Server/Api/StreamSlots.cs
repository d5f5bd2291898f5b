using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Api;

/// <summary>Caps how many streams are open at once: each holds a connection for as long as a job takes.</summary>
internal sealed class StreamSlots(IOptions<ApiOptions> options)
{
    private int _open;

    /// <summary>How many streams are open now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Takes a slot until it is disposed of, or returns null if all are taken.</summary>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= options.Value.MaxOpenStreams) return new Slot(this);
        Interlocked.Decrement(ref _open);
        return null;
    }

    /// <summary>429, which clients answer by trying again a little later.</summary>
    public Task WriteFullAsync(HttpResponse response)
    {
        response.Headers.RetryAfter = "5";
        return ErrorResponses.WriteAsync(
            response,
            StatusCodes.Status429TooManyRequests,
            $"{options.Value.MaxOpenStreams} streams are open, which is this server's limit. Poll the status instead.");
    }

    private sealed class Slot(StreamSlots owner) : IDisposable
    {
        private StreamSlots? _owner = owner;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _owner, null) is { } slots) Interlocked.Decrement(ref slots._open);
        }
    }
}
