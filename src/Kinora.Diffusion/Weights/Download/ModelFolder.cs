using System.Text.Json;
using Kinora.Diffusion.Weights.Catalog;

namespace Kinora.Diffusion.Weights.Download;

/// <summary>
/// The folder of installed models: one folder a model, with a <see cref="ModelManifest"/>, and the licences that were accepted.
/// Nothing here uses the network.
/// </summary>
/// <param name="root">For example <c>models</c> in the data directory; it need not exist.</param>
public sealed class ModelFolder(string root)
{
    private const string ManifestName = "manifest.json";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Where it is.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    private string LicencesPath => Path.Combine(Root, "licences.json");

    /// <summary>The folder of a model, whether it is installed or not.</summary>
    public string PathOf(string name) => Contain(Root, name);

    /// <summary>What is installed under a name; null if nothing, or not all of it.</summary>
    /// <exception cref="CheckpointException">The manifest is damaged.</exception>
    public ModelManifest? Find(string name)
    {
        var path = Path.Combine(PathOf(name), ManifestName);
        if (!File.Exists(path))
            return null;
        var manifest = Read<ModelManifest>(path);
        return manifest.Files.All(file => new FileInfo(Contain(PathOf(name), file.Path)) is { Exists: true } found && found.Length == file.Bytes) ? manifest : null;
    }

    /// <summary>The names of what is installed, in order; what is only half there is not among them.</summary>
    /// <exception cref="CheckpointException">A manifest is damaged.</exception>
    public IReadOnlyList<string> List() => !Directory.Exists(Root) ? [] :
        [.. Directory.EnumerateDirectories(Root).Select(path => Path.GetFileName(path)!).Where(name => Find(name) is not null).Order(StringComparer.Ordinal)];

    /// <summary>Takes files that lie in a model's folder, wherever they came from, as that model: hashes them and writes the manifest.</summary>
    /// <param name="name">The model.</param>
    /// <param name="origin">Where they came from, for listings.</param>
    /// <param name="cancellationToken">Stops it; then there is no manifest.</param>
    /// <exception cref="CheckpointException">There are no files.</exception>
    public async Task<ModelManifest> AdoptAsync(string name, string origin, CancellationToken cancellationToken)
    {
        var folder = PathOf(name);
        var files = new List<InstalledFile>();
        string[] paths = Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [];
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            var relative = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            if (relative != ManifestName)
                files.Add(new InstalledFile(relative, new FileInfo(path).Length, await ContentHash.Sha256Async(path, cancellationToken)));
        }

        if (files.Count == 0)
            throw new CheckpointException($"There are no files in {folder}.");
        var manifest = new ModelManifest { Name = name, Repository = origin, Commit = "local", Files = files };
        Record(manifest);
        return manifest;
    }

    /// <summary>Hashes every file of a model and compares with what was pulled.</summary>
    /// <returns>What is wrong, a sentence each; none if all is well.</returns>
    /// <exception cref="CheckpointException">It is not installed, or the manifest is damaged.</exception>
    public async Task<IReadOnlyList<string>> VerifyAsync(string name, CancellationToken cancellationToken)
    {
        var path = Path.Combine(PathOf(name), ManifestName);
        if (!File.Exists(path))
            throw new CheckpointException($"{name} is not installed. Get it with: kinora models pull {name}");
        var findings = new List<string>();
        foreach (var file in Read<ModelManifest>(path).Files)
        {
            if (await FindFaultAsync(Contain(PathOf(name), file.Path), file, cancellationToken) is { } fault)
                findings.Add($"{file.Path} {fault}");
        }

        return findings;
    }

    /// <summary>Deletes a model and what is left of half pulls of it.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Remove(string name)
    {
        var path = PathOf(name);
        if (!Directory.Exists(path))
            return false;

        // The manifest first: a removal that is interrupted must not leave a folder that looks whole.
        File.Delete(Path.Combine(path, ManifestName));
        Directory.Delete(path, recursive: true);
        return true;
    }

    /// <summary>Whether the very text of a licence was accepted before.</summary>
    internal bool HasAccepted(Licence licence, string textSha256) => File.Exists(LicencesPath) && Read<List<AcceptedLicence>>(LicencesPath).Any(one => one.Name == licence.Name && one.TextSha256 == textSha256);

    internal void RecordAcceptance(Licence licence, string textSha256, DateTimeOffset moment)
    {
        var accepted = File.Exists(LicencesPath) ? Read<List<AcceptedLicence>>(LicencesPath) : [];
        accepted.Add(new AcceptedLicence(licence.Name, textSha256, moment));
        Write(LicencesPath, accepted);
    }

    internal void Record(ModelManifest manifest) => Write(Path.Combine(PathOf(manifest.Name), ManifestName), manifest);

    /// <summary>The path of a listed file; a listing can't lead out of the model's folder.</summary>
    internal static string Contain(string folder, string path)
    {
        var full = Path.GetFullPath(Path.Combine(folder, path));
        return full.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !path.Contains('\\') && !path.Any(char.IsControl)
            ? full
            : throw new CheckpointException($"'{path}' is no path inside of {folder}.");
    }

    private static async Task<string?> FindFaultAsync(string path, InstalledFile file, CancellationToken cancellationToken)
    {
        var found = new FileInfo(path);
        if (!found.Exists)
            return "is missing.";
        if (found.Length != file.Bytes)
            return $"has {found.Length} bytes, {file.Bytes} were pulled.";
        var hash = await ContentHash.Sha256Async(path, cancellationToken);
        return hash == file.Sha256 ? null : $"has the SHA-256 {hash}, {file.Sha256} was pulled: the disk has changed it.";
    }

    private static T Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), s_json) ?? throw new JsonException("It is null.");
        }
        catch (JsonException problem)
        {
            throw new CheckpointException($"{path} is damaged ({problem.Message}). Pull the model again.", problem);
        }
    }

    private static void Write<T>(string path, T value)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(value, s_json));
        File.Move(path + ".new", path, overwrite: true);
    }

    private sealed record AcceptedLicence(string Name, string TextSha256, DateTimeOffset AcceptedAt);
}
