using System.Text;
using System.Text.Json.Nodes;
using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.TextEncoders;
using Kinora.Diffusion.Weights;
using Kinora.Tensors;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.Tests.Models.LtxVideo;

public sealed class LtxVideoCheckpointTests
{
    private const string Model = "model.diffusion_model.";
    private const string Query = Model + "transformer_blocks.0.attn1.to_q.weight";

    /// <summary>Kinds of broken checkpoints, and what the message must say.</summary>
    public static TheoryData<string, string> Broken => new()
    {
        { "missing file", "no file" },
        { "folder", "is a folder" },
        { "empty", "an empty file" },
        { "web page", "a web page" },
        { "json", "a JSON text" },
        { "git lfs", "Git LFS pointer" },
        { "gguf", "a GGUF file" },
        { "pickle", "pickled PyTorch" },
        { "zip", "pickled PyTorch" },
        { "truncated header", "header" },
        { "truncated data", "claims bytes" },
        { "longer", "the tensors end at byte" },
        { "hostile length", "the header claims" },
        { "no config", "no 'config' in its metadata" },
        { "config not json", "is not JSON" },
        { "config without vae", "no 'transformer' and 'vae'" },
        { "config of version 0.9.1", "0.9.0 or 0.9.1" },
        { "config with text for a number", "'num_layers' should be a whole number" },
        { "config with a huge number", "'num_layers' should be a whole number" },
        { "config of another width", "another shape" },
        { "config with fewer layers", "more layers than the configuration says" },
        { "config with more layers", "are missing" },
        { "config of another latent", "do not belong together" },
        { "missing tensor", "1 tensors are missing" },
        { "renamed tensors", "are missing" },
        { "transposed tensor", "another shape" },
        { "integer tensor", "can't be weights" },
        { "8-bit floats", "8-bit floats" },
        { "adapter", "an adapter (LoRA)" },
        { "ltx-2", "an LTX-2 model" },
        { "upsampler", "a latent upsampler" },
        { "text encoder", "a T5 text encoder" },
        { "wan", "a Wan model" },
        { "transformer alone", "no LTX-Video autoencoder" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_checkpoint_is_refused_with_what_is_wrong_and_what_to_do(string kind, string reason)
    {
        using var folder = new ScratchFolder();

        var exception = Assert.Throws<CheckpointException>(() => LtxVideoCheckpoint.OpenFile(Break(folder, kind)).Dispose());

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Weights_that_are_no_numbers_are_refused_when_they_are_loaded(float value)
    {
        using var folder = new ScratchFolder();
        var path = Rewrite(folder, tensors => tensors[Query].AsSpan<float>()[17] = value);
        using var checkpoint = LtxVideoCheckpoint.OpenFile(path);

        var exception = Assert.Throws<CheckpointException>(() => checkpoint.LoadPipeline(TestBackend.Instance, new()).Dispose());

        Assert.Contains("transformer_blocks.0.attn1.to_q.weight' holds NaN or infinite", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_that_does_not_fit_into_memory_says_so_and_leaves_nothing_behind()
    {
        using var folder = new ScratchFolder();
        using var checkpoint = LtxVideoCheckpoint.OpenFile(Random(folder));
        using var device = ComputeDevice.OpenCpu(new() { Threads = 1, MemoryBudgetBytes = 1 << 20 });

        Assert.Throws<DiffusionMemoryException>(() => checkpoint.LoadPipeline(device).Dispose());
        Assert.InRange(device.MemoryInUseBytes, 0, 1 << 19);
    }

    [Fact]
    public void A_random_checkpoint_opens_loads_and_generates()
    {
        using var folder = new ScratchFolder();
        using var checkpoint = LtxVideoCheckpoint.OpenFile(Random(folder));
        RandomCheckpoint.WriteUpsampler(folder["up.safetensors"], new LatentUpsamplerConfig { Channels = 8, MiddleChannels = 32, BlocksPerStage = 1 });
        checkpoint.AddUpsampler(folder["up.safetensors"]);
        using var pipeline = checkpoint.LoadPipeline(TestBackend.Instance, new());
        var frames = 0;

        pipeline.Generate(TinyModel.Request() with { Preset = LtxVideoPreset.DistilledTwoPass }, _ => frames++);

        Assert.Equal(17, frames);
        Assert.True(pipeline.HasUpsampler);
        using var device = ComputeDevice.OpenCpu(new() { Threads = 1, MemoryBudgetBytes = 30 << 20 });
        using var cramped = checkpoint.LoadPipeline(device);
        Assert.Throws<DiffusionMemoryException>(() => cramped.Generate(TinyModel.Request() with { Width = 2048, Height = 2048 }, _ => { }));
        Assert.Equivalent(LtxVideoConfig.Tiny, checkpoint.Config);
    }

    [Fact]
    public void The_same_seed_writes_the_same_file()
    {
        using var folder = new ScratchFolder();
        RandomCheckpoint.WriteLtxVideo(folder["a"], LtxVideoConfig.Tiny, 3);
        RandomCheckpoint.WriteLtxVideo(folder["b"], LtxVideoConfig.Tiny, 3);
        RandomCheckpoint.WriteLtxVideo(folder["c"], LtxVideoConfig.Tiny, 4);

        Assert.Equal(File.ReadAllBytes(folder["a"]), File.ReadAllBytes(folder["b"]));
        Assert.NotEqual(File.ReadAllBytes(folder["a"]), File.ReadAllBytes(folder["c"]));
    }

    [Fact]
    public void A_diffusers_folder_opens_too()
    {
        using var folder = new ScratchFolder();
        var golden = Path.Combine(AppContext.BaseDirectory, "Golden");
        foreach (var (part, name) in new[] { ("transformer", "transformer"), ("vae", "video_autoencoder") })
        {
            Directory.CreateDirectory(folder[part]);
            File.Copy(Path.Combine(golden, $"weights_{name}.safetensors"), Path.Combine(folder[part], "diffusion_pytorch_model.safetensors"));
            using var file = SafetensorsCheckpoint.Open(Path.Combine(golden, $"weights_{name}.safetensors"));
            File.WriteAllText(Path.Combine(folder[part], "config.json"), file.Metadata["config"]);
        }

        using var checkpoint = LtxVideoCheckpoint.OpenFolder(folder.Path);
        using var pipeline = checkpoint.LoadPipeline(TestBackend.Instance, new());

        Assert.True(checkpoint.Config.Transformer.HasCausalTimes);
        Assert.Equal(2, pipeline.Transformer.Layers);
        Assert.Throws<CheckpointException>(() => LtxVideoCheckpoint.OpenFolder(folder["transformer"]));
    }

    [Fact]
    public void The_published_sizes_are_those_of_the_paper()
    {
        static double Count(IEnumerable<WeightNeed> needs) => needs.Sum(need => need.Shape.ElementCount) / 1e6;

        Assert.Equal(1923, Count(LtxVideoTransformer.Needs(LtxVideoTransformerConfig.TwoBillion)), 1.0);
        Assert.Equal(13040, Count(LtxVideoTransformer.Needs(LtxVideoTransformerConfig.ThirteenBillion)), 10.0);
        Assert.Equal(694.1 + 552.8, Count(LtxVideoAutoencoder.Needs(LtxVideoAutoencoderConfig.Published)), 1.0);
        Assert.Equal(126, Count(LatentUpsampler.Needs(new LatentUpsamplerConfig())), 1.0);
        Assert.Equal(4762, Count(T5Encoder.Needs(T5Config.Xxl)), 1.0);
    }

    [Fact]
    public void The_published_configuration_survives_writing_and_reading()
    {
        foreach (var config in new[] { LtxVideoConfig.TwoBillion, LtxVideoConfig.ThirteenBillion with { AllowedTimesteps = [1, 0.9937] }, LtxVideoConfig.Tiny })
            Assert.Equivalent(config, LtxVideoConfig.ParseMetadata(config.ToMetadata()));
    }

    private static string Random(ScratchFolder folder)
    {
        RandomCheckpoint.WriteLtxVideo(folder["model.safetensors"], LtxVideoConfig.Tiny, 1, NumberFormat.Float32);
        return folder["model.safetensors"];
    }

    private static string Break(ScratchFolder folder, string kind)
    {
        string Text(string content) => Bytes(Encoding.Latin1.GetBytes(content));
        string Bytes(byte[] content)
        {
            File.WriteAllBytes(folder["broken.safetensors"], content);
            return folder["broken.safetensors"];
        }

        byte[] Good() => File.ReadAllBytes(Random(folder));
        string Config(Action<JsonNode> change) => Rewrite(folder, _ => { }, text =>
        {
            var json = JsonNode.Parse(text)!;
            change(json);
            return json.ToJsonString();
        });
        string Named(string name) => Rewrite(folder, tensors => tensors.Add(name, tensors[Query]));
        return kind switch
        {
            "missing file" => folder["none.safetensors"],
            "folder" => folder.Path,
            "empty" => Bytes([]),
            "web page" => Text("\n<!DOCTYPE html><html>Sign in</html>"),
            "json" => Text("{\"error\":\"Repository not found\"}"),
            "git lfs" => Text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"),
            "gguf" => Text("GGUF\u0003\0\0\0"),
            "pickle" => Bytes([0x80, 2, 0x7D]),
            "zip" => Text("PK\u0003\u0004archive/data.pkl"),
            "truncated header" => Bytes(Good()[..2000]),
            "truncated data" => Bytes(Good()[..^5000]),
            "longer" => Bytes([.. Good(), 0, 0, 0]),
            "hostile length" => Bytes([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, .. new byte[64]]),
            "no config" => Rewrite(folder, _ => { }, _ => null),
            "config not json" => Rewrite(folder, _ => { }, _ => "{"),
            "config without vae" => Config(json => json.AsObject().Remove("vae")),
            "config of version 0.9.1" => Config(json => json["vae"]!["decoder_blocks"]![0] = JsonNode.Parse("[\"res_x_y\", {\"multiplier\": 2}]")),
            "config with text for a number" => Config(json => json["transformer"]!["num_layers"] = "2"),
            "config with a huge number" => Config(json => json["transformer"]!["num_layers"] = 1e30),
            "config of another width" => Config(json => (json["transformer"]!["num_attention_heads"], json["transformer"]!["cross_attention_dim"]) = (8, 128)),
            "config with fewer layers" => Config(json => json["transformer"]!["num_layers"] = 1),
            "config with more layers" => Config(json => json["transformer"]!["num_layers"] = 3),
            "config of another latent" => Config(json => json["vae"]!["latent_channels"] = 16),
            "missing tensor" => Rewrite(folder, tensors => tensors.Remove(Query)),
            "renamed tensors" => Rewrite(folder, tensors =>
            {
                foreach (var name in tensors.Keys.Where(name => name.Contains("attn1", StringComparison.Ordinal)).ToList())
                {
                    tensors.Add(name.Replace("attn1", "attention1", StringComparison.Ordinal), tensors[name]);
                    tensors.Remove(name);
                }
            }),
            "transposed tensor" => Rewrite(folder, tensors => tensors[Model + "patchify_proj.weight"] = tensors[Model + "patchify_proj.weight"].Reshape([8, 64])),
            "integer tensor" => Rewrite(folder, tensors => tensors[Query] = Tensor.Allocate(TestBackend.Instance.Memory, DType.Int32, tensors[Query].Shape)),
            "8-bit floats" => Rewrite(folder, tensors => tensors[Query] = Tensor.Allocate(TestBackend.Instance.Memory, DType.Float8E4M3, tensors[Query].Shape)),
            "adapter" => Named("diffusion_model.transformer_blocks.0.attn1.to_q.lora_A.weight"),
            "ltx-2" => Named(Model + "audio_patchify_proj.weight"),
            "upsampler" => Named("post_upsample_res_blocks.0.conv1.weight"),
            "text encoder" => Named("encoder.block.0.layer.0.SelfAttention.q.weight"),
            "wan" => Named("blocks.0.self_attn.q.weight"),
            "transformer alone" => Rewrite(folder, tensors =>
            {
                foreach (var name in tensors.Keys.Where(name => name.StartsWith("vae.", StringComparison.Ordinal)).ToList())
                    tensors.Remove(name);
            }),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    // A good checkpoint, changed.
    private static string Rewrite(ScratchFolder folder, Action<Dictionary<string, Tensor>> change, Func<string, string?>? config = null)
    {
        using var file = SafetensorsCheckpoint.Open(Random(folder));
        using var scope = new TensorScope(TestBackend.Instance.Memory);
        var tensors = file.Entries.Keys.ToDictionary(name => name, name => scope.Add(file.Load(name, TestBackend.Instance.Memory)));
        change(tensors);
        var text = config is null ? file.Metadata["config"] : config(file.Metadata["config"]);
        var path = folder["changed.safetensors"];
        SafetensorsWriter.Write(path, [.. tensors], text is null ? null : new Dictionary<string, string> { ["config"] = text });
        return path;
    }
}
