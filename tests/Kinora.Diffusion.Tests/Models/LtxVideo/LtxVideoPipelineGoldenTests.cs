using Kinora.Diffusion.Guidance;
using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.TextEncoders;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Tests.Models.LtxVideo;

public sealed class LtxVideoPipelineGoldenTests(ITestOutputHelper output)
{
    public static TheoryData<string> Cases => [.. GoldenFolders.Cases("pipeline_")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_whole_pipeline_gives_the_reference_after_every_step(string path)
    {
        using var golden = new GoldenCase(path);
        var errors = new List<double>();

        var frames = Run(golden, WeightFormat.Float32, TestBackend.Instance, (step, tokens) => errors.Add(Closeness.Error(golden.Floats($"out.latents.{step}"), tokens)));

        errors.Add(Closeness.Error(golden.Floats("out.frames"), frames));
        output.WriteLine($"{golden.Name}: float32 worst error of latents {errors.SkipLast(1).Max():e1}, of frames {errors[^1]:e1}");
        Assert.All(errors, error => Assert.InRange(error, 0, 1e-4));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Small_weights_stay_close_to_the_reference(string path)
    {
        using var golden = new GoldenCase(path);
        foreach (var (format, backend, least) in TestBackend.Small)
        {
            var cosine = Closeness.Cosine(golden.Floats("out.frames"), Run(golden, format, backend, (_, _) => { }));
            output.WriteLine($"{golden.Name}: {format} weights, {backend.Precision} products: cosine {cosine:f6}");
            Assert.InRange(cosine, least, 1.0001);
        }
    }

    private static float[] Run(GoldenCase golden, WeightFormat format, IBackend backend, Action<int, float[]> stepDone)
    {
        var scalars = golden.Scalars;
        var config = LtxVideoTransformerConfig.Parse(golden.Config.GetProperty("transformer"), hasCausalTimes: true);
        using var transformer = LtxVideoTransformer.Load(backend, config, golden.Weights(0), format);
        using var autoencoder = LtxVideoAutoencoder.Load(backend, LtxVideoAutoencoderConfig.Parse(golden.Config.GetProperty("vae")), golden.Weights(1), format);
        using var positive = transformer.Prepare(Embedding(golden, "prompt"));
        using var negative = transformer.Prepare(Embedding(golden, "negative"));
        var request = new LtxVideoRequest
        {
            Width = scalars.GetProperty("width").GetInt32(),
            Height = scalars.GetProperty("height").GetInt32(),
            FrameRate = scalars.GetProperty("frame_rate").GetDouble(),
            Shots = [],
            MotionNoise = scalars.GetProperty("image_cond_noise_scale").GetSingle(),
            Preset = new LtxVideoPreset
            {
                First = new LtxVideoSampling
                {
                    Sigmas = [.. scalars.GetProperty("timesteps").EnumerateArray().Select(item => item.GetSingle() / 1000)],
                    Guidance = GuidanceSchedule.Constant(new GuidanceStep { Scale = scalars.GetProperty("guidance_scale").GetSingle() }),
                },
                DecodeTimestep = scalars.GetProperty("decode_timestep").GetSingle(),
                DecodeNoise = scalars.GetProperty("decode_noise_scale").GetSingle(),
            },
        };
        var noise = new RecordedNoise(golden);
        var job = new ClipJob(backend, transformer, autoencoder, null, request, (positive, negative), new ProgressMeter(null, 1))
        {
            Frames = scalars.GetProperty("num_frames").GetInt32(),
            Keyframes = [.. scalars.GetProperty("conditions").EnumerateArray().Select(item => new LtxVideoKeyframe
            {
                FrameIndex = item.GetProperty("frame_index").GetInt32(),
                Strength = item.GetProperty("strength").GetSingle(),
                Frames = [Picture(golden, "in." + item.GetProperty("image").GetString())],
                IsPrepared = true,
            })],
            ReferenceNoise = noise,
            StepDone = (step, tokens) => stepDone(step, tokens.AsReadOnlySpan<float>().ToArray()),
        };
        var frames = new List<float>();
        job.Run(frame => frames.AddRange(Planar(frame)), default);
        Assert.False(golden.Has($"noise.{noise.Taken}"), "the reference drew more noise");
        return [.. frames];
    }

    private static TextEmbedding Embedding(GoldenCase golden, string name)
    {
        var (shape, values, mask) = (golden.ShapeOf($"in.{name}_embeds"), golden.Floats($"in.{name}_embeds"), golden.Floats($"in.{name}_mask"));
        var width = (int)shape[2];
        var kept = Enumerable.Range(0, (int)shape[1]).Where(token => mask[token] > 0).ToArray();
        return new TextEmbedding(kept.Length, width, kept.SelectMany(token => values.AsSpan(token * width, width).ToArray()).ToArray());
    }

    // (1, 3, H, W) to pixels.
    private static RgbFrame Picture(GoldenCase golden, string name)
    {
        var (shape, values) = (golden.ShapeOf(name), golden.Floats(name));
        var (height, width) = ((int)shape[2], (int)shape[3]);
        var pixels = new float[values.Length];
        for (var i = 0; i < height * width; i++)
            for (var c = 0; c < 3; c++)
                pixels[(3 * i) + c] = values[(c * height * width) + i];
        return new RgbFrame(width, height, pixels);
    }

    // Pixels to (3, H, W).
    private static float[] Planar(RgbFrame frame)
    {
        var count = frame.Width * frame.Height;
        var pixels = frame.Pixels.Span;
        var values = new float[3 * count];
        for (var i = 0; i < count; i++)
            for (var c = 0; c < 3; c++)
                values[(c * count) + i] = pixels[(3 * i) + c];
        return values;
    }
}
