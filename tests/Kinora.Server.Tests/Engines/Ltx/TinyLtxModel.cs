using Kinora.Diffusion;
using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.TextEncoders;
using Kinora.Diffusion.Weights;
using Kinora.Diffusion.Weights.Download;
using Kinora.Media;
using Kinora.Media.Ffmpeg;
using Kinora.Server.Engines;
using Kinora.Server.Engines.Ltx;

namespace Kinora.Server.Tests.Engines.Ltx;

/// <summary>An installed model of a few thousand random weights, with its text encoder.</summary>
public sealed class TinyLtxModel : IAsyncLifetime
{
    public const string Name = "random-tiny";

    private readonly ScratchDirectory _folder = ScratchDirectory.Create();
    private FfmpegInstallation? _ffmpeg;

    public string Folder => _folder.FullPath;

    public string CheckpointPath => Path.Combine(Folder, Name, Name + ".safetensors");

    public async ValueTask InitializeAsync()
    {
        await WriteAsync();
        _ffmpeg = await FfmpegInstallation.FindAsync(directory: null, CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes it, again if something was broken.</summary>
    public Task WriteAsync() => RandomModel.WriteAsync(new ModelFolder(Folder), Name, LtxVideoConfig.Tiny, T5Config.Tiny, seed: 3, CancellationToken.None);

    internal LtxOptions Options => new() { Models = new ModelFolder(Folder), Model = Name, Area = 96 * 64, Steps = 4, Compute = new ComputeOptions { Threads = 2 } };

    internal LtxEngine CreateEngine(LtxOptions? options = null) => new(options ?? Options, new MotionEngine(speaker: null), _ffmpeg!);
}
