using Kinora.Diffusion;
using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.TextEncoders;

namespace Kinora.Server.Engines.Ltx;

/// <summary>
/// The one model in memory. It stays from clip to clip; the text encoder is there only while texts are encoded that were not encoded lately, and where both do not
/// fit, the model makes room for it. One thread at a time.
/// </summary>
internal sealed class LtxModel(LtxOptions options) : IDisposable
{
    // What the text encoder holds beside its weights, and the loading of a weight in passing.
    private const double LoadingRoom = 1.1;

    private readonly TextEmbeddingCache _texts = new();
    private ComputeDevice? _device;
    private LtxVideoPipeline? _pipeline;
    private LtxVideoFiles? _files;

    /// <summary>What the checkpoint says about itself; known once it was opened.</summary>
    public LtxVideoConfig Config { get; private set; } = new();

    /// <summary>Bytes of its weights.</summary>
    public long WeightBytes { get; private set; }

    /// <summary>The device in words.</summary>
    public string DeviceName => Device.Name;

    /// <summary>What weights and work may hold.</summary>
    public long BudgetBytes => Device.MemoryBudgetBytes;

    private ComputeDevice Device => _device ??= ComputeDevice.OpenCpu(options.Compute);

    private LtxVideoFiles Files => _files ??= LtxVideoFiles.Find(options.Models, options.Model);

    /// <summary>Looks at the files, unless the model is loaded: they may have been removed or replaced.</summary>
    /// <exception cref="DiffusionException">They are not there, or can't be used.</exception>
    public void Inspect()
    {
        if (_pipeline is not null)
            return;
        _files = null;
        using var checkpoint = Files.OpenCheckpoint();
        (Config, WeightBytes) = (checkpoint.Config, checkpoint.FileBytes);
    }

    /// <summary>Encodes texts, those that were encoded lately without the encoder.</summary>
    public IReadOnlyDictionary<string, TextEmbedding> Encode(IEnumerable<string> texts, CancellationToken cancellation)
    {
        var found = texts.Distinct().ToDictionary(text => text, text => _texts.Find(options.Model, text));
        if (found.ContainsValue(null))
        {
            MakeRoomForText();
            using var prompts = PromptEncoder.Load(Device, Files.TextEncoderPath, File.ReadAllBytes(Files.VocabularyPath), options.TextEncoder, cancellation);
            foreach (var text in found.Where(entry => entry.Value is null).Select(entry => entry.Key).ToList())
                _texts.Add(options.Model, text, found[text] = prompts.Encode(text, cancellation));
        }

        Device.Trim();
        return found.ToDictionary(entry => entry.Key, entry => entry.Value!);
    }

    /// <summary>The model, loaded if it is not.</summary>
    public LtxVideoPipeline Load(CancellationToken cancellation)
    {
        if (_pipeline is not null)
            return _pipeline;
        using var checkpoint = Files.OpenCheckpoint();
        return _pipeline = checkpoint.LoadPipeline(Device, cancellation: cancellation);
    }

    /// <summary>Frees everything.</summary>
    public void Dispose()
    {
        Unload();
        _device?.Dispose();
        _device = null;
    }

    private void MakeRoomForText()
    {
        var perByte = options.TextEncoder switch { NumberFormat.Int8 => 0.5, NumberFormat.BFloat16 => 1.0, _ => 2.0 };
        var needed = Directory.EnumerateFiles(Path.GetDirectoryName(Files.TextEncoderPath)!, "*.safetensors").Sum(path => new FileInfo(path).Length) * perByte * LoadingRoom;
        if (Device.MemoryInUseBytes + needed > Device.MemoryBudgetBytes)
            Unload();
    }

    private void Unload()
    {
        _pipeline?.Dispose();
        _pipeline = null;
    }
}
