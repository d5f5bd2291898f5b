using Kinora.Diffusion.Weights;
using Kinora.Tensors.Backends;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>
/// The files of a model, opened: an official single file or a diffusers folder, and if wanted a latent upsampler. Opening reads headers only; the
/// structure is checked then, the weights' numbers when they are loaded.
/// </summary>
public sealed class LtxVideoCheckpoint : IDisposable
{
    private readonly List<SafetensorsCheckpoint> _files = [];
    private readonly bool _allowsFloat8;
    private SafetensorsCheckpoint? _transformer;
    private SafetensorsCheckpoint? _autoencoder;
    private (LatentUpsamplerConfig Config, SafetensorsCheckpoint Source)? _upsampler;

    private LtxVideoCheckpoint(bool allowsFloat8) => _allowsFloat8 = allowsFloat8;

    /// <summary>What the checkpoint says about itself.</summary>
    public LtxVideoConfig Config { get; private set; } = new();

    /// <summary>Bytes of the transformer's and autoencoder's weights in the files.</summary>
    public long FileBytes => _transformer!.Entries.Values.Sum(entry => entry.ByteCount) + _autoencoder!.Entries.Values.Sum(entry => entry.ByteCount);

    /// <summary>Opens an official single file (<c>ltxv-2b-0.9.8-distilled.safetensors</c>).</summary>
    /// <param name="path">The file.</param>
    /// <param name="allowsFloat8">Whether 8-bit floats are taken as plain numbers; the official fp8 files may mean more by them.</param>
    /// <exception cref="CheckpointException">It can't be used; the message says why and what to do.</exception>
    public static LtxVideoCheckpoint OpenFile(string path, bool allowsFloat8 = false) => Open(allowsFloat8, checkpoint =>
    {
        var file = checkpoint.Add(path);
        ModelRecognition.RequireLtxVideo(path, file);
        if (!file.Metadata.TryGetValue("config", out var config))
            throw new CheckpointException($"'{path}' has no 'config' in its metadata: a tool that repacked it has dropped it. Take the official file.");
        checkpoint.Config = LtxVideoConfig.ParseMetadata(config);
        (checkpoint._transformer, checkpoint._autoencoder) = (file, file);
    });

    /// <summary>Opens a diffusers folder with <c>transformer/</c> and <c>vae/</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="allowsFloat8">As for <see cref="OpenFile"/>.</param>
    /// <exception cref="CheckpointException">It can't be used; the message says why and what to do.</exception>
    public static LtxVideoCheckpoint OpenFolder(string folder, bool allowsFloat8 = false) => Open(allowsFloat8, checkpoint =>
    {
        ArgumentNullException.ThrowIfNull(folder);
        string model = Path.Combine(folder, "transformer"), vae = Path.Combine(folder, "vae");
        checkpoint._transformer = checkpoint.Add(CheckpointFile.FindIn(model));
        checkpoint._autoencoder = checkpoint.Add(CheckpointFile.FindIn(vae));
        ModelRecognition.RequireLtxVideo(model, checkpoint._transformer);
        checkpoint.Config = LtxVideoConfig.ParseDiffusers(CheckpointFile.ReadText(Path.Combine(model, "config.json")), CheckpointFile.ReadText(Path.Combine(vae, "config.json")));
    });

    /// <summary>Adds a latent upsampler, which carries its configuration in its metadata or in a <c>config.json</c> beside it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">It can't be used, or belongs to another model.</exception>
    public void AddUpsampler(string path)
    {
        var file = Add(path);
        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "config.json");
        var text = file.Metadata.TryGetValue("config", out var own) ? own
            : File.Exists(beside) ? CheckpointFile.ReadText(beside) : throw new CheckpointException($"'{path}' has no 'config' in its metadata, and there is no config.json beside it.");
        var config = LatentUpsamplerConfig.Parse(ConfigReader.Parse("latent upsampler", text));
        WeightCheck.Run("latent upsampler", file, LatentUpsampler.Needs(config), _allowsFloat8);
        if (config.Channels != Config.Autoencoder.LatentChannels)
            throw new CheckpointException($"The latent upsampler works on {config.Channels} channels, the model on {Config.Autoencoder.LatentChannels}: they do not belong together.");
        _upsampler = (config, file);
    }

    /// <summary>Loads the weights.</summary>
    /// <param name="device">Where the pipeline computes.</param>
    /// <param name="formats">How weights are kept; bfloat16 if null.</param>
    /// <param name="cancellation">Checked before every weight.</param>
    /// <exception cref="CheckpointException">Weights are not finite, or the file has become shorter.</exception>
    /// <exception cref="DiffusionMemoryException">They do not fit.</exception>
    public LtxVideoPipeline LoadPipeline(ComputeDevice device, LtxVideoWeightFormats? formats = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(device);
        return DiffusionMemoryException.Guard("The model", () => LoadPipeline(device.Backend, formats ?? new LtxVideoWeightFormats(), cancellation));
    }

    /// <summary>Closes the files; loaded pipelines do not need them.</summary>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    internal LtxVideoPipeline LoadPipeline(IBackend backend, LtxVideoWeightFormats formats, CancellationToken cancellation = default)
    {
        var (transformerFormat, autoencoderFormat) = (formats.Transformer.ToWeights(), formats.Autoencoder.ToWeights());
        LtxVideoTransformer? model = null;
        LtxVideoAutoencoder? vae = null;
        try
        {
            vae = LtxVideoAutoencoder.Load(backend, Config.Autoencoder, _autoencoder!, autoencoderFormat, cancellation: cancellation);
            model = LtxVideoTransformer.Load(backend, Config.Transformer, _transformer!, transformerFormat, cancellation);
            var grow = _upsampler is var (config, source) ? LatentUpsampler.Load(backend, config, source, autoencoderFormat, cancellation) : null;

            // What loading held in passing is given back: it is of sizes that computing does not use.
            backend.Memory.Trim();
            return new LtxVideoPipeline(backend, model, vae, grow) { AllowedTimesteps = Config.AllowedTimesteps };
        }
        catch (Exception exception)
        {
            vae?.Dispose();
            model?.Dispose();
            if (exception is SafetensorsException)
                throw new CheckpointException(exception.Message, exception);
            throw;
        }
    }

    private static LtxVideoCheckpoint Open(bool allowsFloat8, Action<LtxVideoCheckpoint> fill)
    {
        var checkpoint = new LtxVideoCheckpoint(allowsFloat8);
        try
        {
            fill(checkpoint);
            WeightCheck.Run("transformer", LtxVideoWeightNames.Transformer(checkpoint._transformer!), LtxVideoTransformer.Needs(checkpoint.Config.Transformer), allowsFloat8);
            WeightCheck.Run("autoencoder", LtxVideoWeightNames.Autoencoder(checkpoint._autoencoder!), LtxVideoAutoencoder.Needs(checkpoint.Config.Autoencoder), allowsFloat8);
            return checkpoint;
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    private SafetensorsCheckpoint Add(string path)
    {
        var file = CheckpointFile.Open(path);
        _files.Add(file);
        return file;
    }
}
