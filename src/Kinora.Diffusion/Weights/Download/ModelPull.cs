using System.Security.Cryptography;
using System.Text;
using Kinora.Diffusion.Weights.Catalog;

namespace Kinora.Diffusion.Weights.Download;

/// <summary>
/// Brings a model from the hub into a <see cref="ModelFolder"/>: licence, free space, files in parallel ranges, hashes, manifest. It can be interrupted and
/// called again at any point; what is there and right is not fetched again.
/// </summary>
public sealed class ModelPull : IDisposable
{
    private const long MostLicenceBytes = 1 << 20;

    private readonly HttpClient _http;
    private readonly HubClient _hub;
    private readonly ModelFolder _folder;
    private readonly DownloadOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Prepares; nothing is asked of the hub yet.</summary>
    public ModelPull(ModelFolder folder, DownloadOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RangeBytes, 64 << 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Connections, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Connections, 16);
        (_folder, _options, _time) = (folder, options, time);

        // Redirects go on to where the hub keeps its large files; .NET drops the token on the way.
        _http = new HttpClient(new SocketsHttpHandler { MaxAutomaticRedirections = 5, ConnectTimeout = options.StallTimeout })
        {
            BaseAddress = options.Hub.AbsoluteUri.EndsWith('/') ? options.Hub : new Uri(options.Hub.AbsoluteUri + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _hub = new HubClient(_http, options.Token);
    }

    /// <summary>Pulls one model, without those it needs.</summary>
    /// <param name="entry">Which.</param>
    /// <param name="accept">Asked once per licence text, before anything large is fetched; false ends the pull.</param>
    /// <param name="progress">Called from several threads.</param>
    /// <param name="cancellationToken">Stops it; what has come is kept.</param>
    /// <exception cref="HubException">The hub failed, refused or lied; or another process pulls the same.</exception>
    /// <exception cref="DiffusionException">The licence was not accepted, or the disk is too small.</exception>
    public async Task<ModelManifest> RunAsync(ModelEntry entry, Func<LicenceQuestion, bool> accept, Action<PullProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var commit = await _hub.ResolveAsync(entry.Repository, entry.Revision, cancellationToken);
        var listing = await _hub.ListAsync(entry.Repository, commit, cancellationToken);
        await RequireLicenceAsync(entry, commit, listing, accept, cancellationToken);
        var files = Select(entry, listing);
        RequireSpace(entry, files);

        var installed = new List<InstalledFile>();
        var (received, total) = (0L, files.Sum(file => file.Bytes));
        var download = new FileDownload(_hub, _options, _time);
        foreach (var file in files)
        {
            var path = ModelFolder.Contain(_folder.PathOf(entry.Name), file.Path);
            var hash = await FindProvenAsync(path, file, cancellationToken);
            if (hash is not null)
                Report(file.Bytes);
            installed.Add(new InstalledFile(file.Path, file.Bytes, hash ?? await download.RunAsync((entry.Repository, commit), file, path, Report, cancellationToken)));

            void Report(long bytes) => progress?.Invoke(new PullProgress(file.Path, Interlocked.Add(ref received, bytes), total));
        }

        var manifest = new ModelManifest { Name = entry.Name, Repository = entry.Repository, Commit = commit, Files = installed };
        _folder.Record(manifest);
        return manifest;
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();

    private static List<HubFile> Select(ModelEntry entry, IReadOnlyList<HubFile> listing)
    {
        var files = new List<HubFile>();
        foreach (var pattern in entry.Files)
        {
            var matching = listing.Where(file => PathPattern.Matches(pattern, file.Path)).ToList();

            // An index is needed only where the weights are in several files.
            if (matching.Count == 0 && !pattern.EndsWith(".index.json", StringComparison.Ordinal))
                throw new HubException($"{entry.Repository} at '{entry.Revision}' has no {pattern}. Is the mirror complete?", canRetry: false);
            files.AddRange(matching);
        }

        return files;
    }

    private static async Task<string?> FindProvenAsync(string path, HubFile file, CancellationToken cancellationToken)
    {
        if (!File.Exists(path) || new FileInfo(path).Length != file.Bytes)
            return null;
        var (hash, isRight) = await ContentHash.CheckAsync(path, file, cancellationToken);
        return isRight ? hash : null;
    }

    private async Task RequireLicenceAsync(ModelEntry entry, string commit, IReadOnlyList<HubFile> listing, Func<LicenceQuestion, bool> accept, CancellationToken cancellationToken)
    {
        var text = await ReadLicenceAsync(entry, commit, listing, cancellationToken);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text ?? entry.Licence.Url.AbsoluteUri)));
        if (_folder.HasAccepted(entry.Licence, hash))
            return;
        if (!accept(new LicenceQuestion(entry.Licence, text)))
            throw new DiffusionException($"{entry.Name} comes under the {entry.Licence.Name}, which was not accepted. Nothing was downloaded.");
        _folder.RecordAcceptance(entry.Licence, hash, _time.GetUtcNow());
    }

    private async Task<string?> ReadLicenceAsync(ModelEntry entry, string commit, IReadOnlyList<HubFile> listing, CancellationToken cancellationToken)
    {
        if (entry.Licence.Path is not { } path || listing.FirstOrDefault(file => file.Path == path) is not { } file || file.Bytes is 0 or > MostLicenceBytes)
            return null;
        using var answer = await _hub.OpenAsync(entry.Repository, commit, path, 0, file.Bytes - 1, cancellationToken);
        return Encoding.UTF8.GetString(await new BoundedContent(answer.Content, MostLicenceBytes).ReadAsync(cancellationToken));
    }

    private void RequireSpace(ModelEntry entry, IReadOnlyList<HubFile> files)
    {
        var folder = _folder.PathOf(entry.Name);
        Directory.CreateDirectory(folder);
        var missing = files.Sum(file => Math.Max(0, file.Bytes - BytesOnDisk(ModelFolder.Contain(folder, file.Path))));
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < missing + _options.SpareBytes)
            throw new DiffusionException($"{entry.Name} needs {missing / 1e9:0.0} GB more on the disk of {folder} and {_options.SpareBytes / 1e9:0.0} GB to spare; {free / 1e9:0.0} GB are free.");
    }

    // What stands under the part's name may be a hole: only what the file system has given is counted as space already taken.
    private static long BytesOnDisk(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}
