using System.Net;
using Microsoft.Win32.SafeHandles;

namespace Kinora.Diffusion.Weights.Download;

/// <summary>
/// Fetches one file in parallel ranges into <c>NAME.part</c>, checks its hash, and only then gives it its name. What has come survives any interruption.
/// </summary>
internal sealed class FileDownload(HubClient hub, DownloadOptions options, TimeProvider time)
{
    /// <summary>The name a file has until its content is proven.</summary>
    public const string PartSuffix = ".part";

    private const string LedgerSuffix = ".part.ranges";

    /// <summary>Fetches a file, or what is missing of it.</summary>
    /// <param name="source">Repository and commit.</param>
    /// <param name="file">Which file.</param>
    /// <param name="path">Its name on disk; nothing of that name exists before its content is proven.</param>
    /// <param name="received">Called with numbers of bytes as they are on disk, from several threads; ranges of an earlier try are counted at once.</param>
    /// <param name="cancellationToken">Stops it; what has come is kept.</param>
    /// <returns>SHA-256 of the content, lower-case hex.</returns>
    /// <exception cref="HubException">The hub failed too often, refused, or sent a content of another hash; that is deleted.</exception>
    public async Task<string> RunAsync((string Repository, string Commit) source, HubFile file, string path, Action<long> received, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var ledger = OpenLedger(path, file))
        using (var part = File.OpenHandle(path + PartSuffix, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, FileOptions.Asynchronous))
        {
            RandomAccess.SetLength(part, file.Bytes);
            received(Math.Min(file.Bytes, (long)ledger.DoneCount * options.RangeBytes));
            await FetchRangesAsync(source, file, part, ledger, received, cancellationToken);
        }

        var (hash, isRight) = await ContentHash.CheckAsync(path + PartSuffix, file, cancellationToken);
        File.Delete(path + LedgerSuffix);
        if (!isRight)
        {
            File.Delete(path + PartSuffix);
            throw new HubException($"{file.Path} came with another content than the hub lists (SHA-256 {hash}, expected {file.Identity}). It was deleted; try again, or from another mirror.", canRetry: true);
        }

        File.Move(path + PartSuffix, path, overwrite: true);
        return hash;
    }

    private RangeLedger OpenLedger(string path, HubFile file)
    {
        try
        {
            // A ledger without its file would claim bytes that are not there.
            if (!File.Exists(path + PartSuffix))
                File.Delete(path + LedgerSuffix);
            return RangeLedger.Open(path + LedgerSuffix, file.Identity, file.Bytes, options.RangeBytes);
        }
        catch (IOException problem) when (File.Exists(path + LedgerSuffix))
        {
            throw new HubException($"{path} is being downloaded by another process. Wait for it or stop it.", canRetry: false, problem);
        }
    }

    private async Task FetchRangesAsync(
        (string Repository, string Commit) source, HubFile file, SafeFileHandle part, RangeLedger ledger, Action<long> received, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(_ => FetchSomeAsync()));

        async Task FetchSomeAsync()
        {
            try
            {
                while (ledger.TakeNext() is { } range)
                {
                    await FetchRangeAsync(source, file, part, range, received, stop.Token);
                    RandomAccess.FlushToDisk(part);
                    ledger.MarkDone(range);
                }
            }
            catch
            {
                await stop.CancelAsync();
                throw;
            }
        }
    }

    private async Task FetchRangeAsync((string Repository, string Commit) source, HubFile file, SafeFileHandle part, int range, Action<long> received, CancellationToken cancellationToken)
    {
        var (position, end) = ((long)range * options.RangeBytes, Math.Min(file.Bytes, ((long)range + 1) * options.RangeBytes));
        for (var failures = 0; position < end;)
        {
            var before = position;
            try
            {
                await foreach (var count in ReceiveAsync(source, file, part, position, end, cancellationToken))
                {
                    position += count;
                    received(count);
                }
            }
            catch (HubException problem) when (problem.CanRetry)
            {
                failures = position > before ? 1 : failures + 1;
                if (failures >= options.Attempts)
                    throw new HubException($"{file.Path} could not be fetched after {failures} tries: {problem.Message} What has come is kept; run the same command again.", canRetry: true, problem);
                await Task.Delay(WaitAfter(failures, problem), time, cancellationToken);
            }
        }
    }

    private TimeSpan WaitAfter(int failures, HubException problem)
    {
        var most = TimeSpan.FromMinutes(1);
        var wait = problem.RetryAfter ?? options.FirstWait * Math.Pow(2, failures - 1);
        return wait < most ? wait : most;
    }

    private async IAsyncEnumerable<int> ReceiveAsync(
        (string Repository, string Commit) source, HubFile file, SafeFileHandle part, long first, long end, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stalled = new StallGuard(options.StallTimeout, time, cancellationToken);
        using var answer = await stalled.WatchAsync(token => hub.OpenAsync(source.Repository, source.Commit, file.Path, first, end - 1, token));
        RequireRange(answer, file, first);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var skip = answer.StatusCode == HttpStatusCode.OK ? first : 0;
        var buffer = new byte[128 << 10];
        for (var position = first; position < end;)
        {
            var count = await stalled.WatchAsync(async token => await body.ReadAsync(buffer, token));
            if (count == 0)
                throw new HubException($"The connection ended {end - position} bytes early.", canRetry: true);
            var skipped = (int)Math.Min(skip, count);
            skip -= skipped;
            var useful = (int)Math.Min(count - skipped, end - position);
            await RandomAccess.WriteAsync(part, buffer.AsMemory(skipped, useful), position, cancellationToken);
            position += useful;
            yield return useful;
        }
    }

    // A server that answers with the whole file, without regard to the range, is read from the start; one that answers with another range lies.
    private static void RequireRange(HttpResponseMessage answer, HubFile file, long first)
    {
        var range = answer.Content.Headers.ContentRange;
        if (answer.StatusCode == HttpStatusCode.PartialContent && (range?.From != first || (range.Length is { } length && length != file.Bytes)))
            throw new HubException($"{answer.RequestMessage?.RequestUri} sent the range '{range}', expected one from {first} of {file.Bytes}.", canRetry: true);
        if (answer.Content.Headers.ContentEncoding.Count > 0)
            throw new HubException($"{answer.RequestMessage?.RequestUri} sent a compressed content, which can't be fetched in ranges.", canRetry: false);
    }
}
