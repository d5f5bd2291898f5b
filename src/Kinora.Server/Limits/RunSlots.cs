using System.Collections.Concurrent;
using Kinora.Server.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Limits;

/// <summary>Caps how many synchronous runs a key has at once in this process. Queued requests above a limit wait; a synchronous one cannot.</summary>
internal sealed class RunSlots(IOptions<ApiOptions> options)
{
    private readonly ConcurrentDictionary<string, int> _running = [];

    /// <summary>Takes a slot until it is disposed of, or returns null if the key has all of its own.</summary>
    public IDisposable? TryEnter(string owner)
    {
        var taken = _running.AddOrUpdate(owner, 1, (_, before) => before + 1);
        var slot = new Slot(this, owner);
        if (options.Value.MaxRunsPerKey is not { } most || taken <= most) return slot;
        slot.Dispose();
        return null;
    }

    /// <summary>429, which clients answer by trying again a little later.</summary>
    public Task WriteFullAsync(HttpResponse response)
    {
        response.Headers[WireHeaders.NeedsRetry] = "1";
        return ErrorResponses.WriteAsync(
            response,
            StatusCodes.Status429TooManyRequests,
            $"This key has {options.Value.MaxRunsPerKey} synchronous requests running, which is its limit. Use the queue, or try again later.",
            "concurrent_requests_limit");
    }

    private void Leave(string owner)
    {
        // Keys come and go: one that runs nothing takes no memory.
        if (_running.AddOrUpdate(owner, 0, (_, before) => before - 1) == 0) _running.TryRemove(KeyValuePair.Create(owner, 0));
    }

    private sealed class Slot(RunSlots slots, string owner) : IDisposable
    {
        private RunSlots? _slots = slots;

        public void Dispose() => Interlocked.Exchange(ref _slots, null)?.Leave(owner);
    }
}
