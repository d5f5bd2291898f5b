using Kinora.Diffusion.Weights.Catalog;
using Kinora.Diffusion.Weights.Download;

namespace Kinora.Diffusion.Tests.Weights.Download;

/// <summary>A hub with a model of 1 MB of weights in ranges of 64 KB, and a folder to pull it into.</summary>
internal sealed class PullHouse : IAsyncDisposable
{
    public const int RangeBytes = 64 << 10;

    public static readonly ModelEntry Entry = new()
    {
        Name = "tiny",
        Title = "A model for tests",
        Repository = Hub.Repository,
        Files = ["tiny.safetensors", "extra/*.json"],
        ApproximateBytes = 1_000_000,
        Licence = new Licence("Test Licence", "Anything goes.", "LICENCE.txt", new Uri("https://example.com/licence")),
    };

    private readonly ScratchFolder _scratch = new();

    private PullHouse(Hub hub) => (Hub, Folder) = (hub, new ModelFolder(Path.Combine(_scratch.Path, "models")));

    public Hub Hub { get; }

    public ModelFolder Folder { get; }

    public List<LicenceQuestion> Questions { get; } = [];

    public bool Accepts { get; set; } = true;

    public DownloadOptions Options { get; set; } = new();

    public string WeightsPath => Path.Combine(Folder.PathOf(Entry.Name), "tiny.safetensors");

    public static async Task<PullHouse> OpenAsync()
    {
        var house = new PullHouse(await Hub.StartAsync());
        house.Hub.Files["LICENCE.txt"] = "You may."u8.ToArray();
        house.Hub.Files["README.md"] = "Not asked for."u8.ToArray();
        house.Hub.Files["extra/config.json"] = "{}"u8.ToArray();
        house.Hub.Files["tiny.safetensors"] = Hub.Noise(1_000_000, seed: 1);
        house.Options = new DownloadOptions
        {
            Hub = house.Hub.Address,
            RangeBytes = RangeBytes,
            Attempts = 3,
            FirstWait = TimeSpan.Zero,
            StallTimeout = TimeSpan.FromSeconds(5),
            SpareBytes = 0,
        };
        return house;
    }

    public async Task<ModelManifest> PullAsync(Action<PullProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var pull = new ModelPull(Folder, Options, TimeProvider.System);
        return await pull.RunAsync(Entry, Ask, progress, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        _scratch.Dispose();
    }

    private bool Ask(LicenceQuestion question)
    {
        Questions.Add(question);
        return Accepts;
    }
}
