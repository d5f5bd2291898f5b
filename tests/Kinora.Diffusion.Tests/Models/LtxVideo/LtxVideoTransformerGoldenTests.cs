using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.TextEncoders;
using Kinora.Tensors;
using Kinora.Tensors.Backends;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.Tests.Models.LtxVideo;

public sealed class LtxVideoTransformerGoldenTests(ITestOutputHelper output)
{
    public static TheoryData<string> Cases => [.. GoldenFolders.Cases("transformer_")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Float_weights_give_the_reference(string path)
    {
        using var golden = new GoldenCase(path);

        var error = Closeness.Error(golden.Floats("out.sample"), Run(golden, golden.Weights(), WeightFormat.Float32, TestBackend.Instance));

        output.WriteLine($"{golden.Name}: float32 worst error {error:e1}");
        Assert.InRange(error, 0, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Small_weights_stay_close_to_the_reference(string path)
    {
        using var golden = new GoldenCase(path);
        var expected = golden.Floats("out.sample");

        foreach (var (format, backend, least) in TestBackend.Small)
        {
            var cosine = Closeness.Cosine(expected, Run(golden, golden.Weights(), format, backend));
            output.WriteLine($"{golden.Name}: {format} weights, {backend.Precision} products: cosine {cosine:f6}");
            Assert.InRange(cosine, least, 1.0001);
        }
    }

    public static TheoryData<string> SingleFileCases =>
        [.. GoldenFolders.Cases("transformer_").Where(path => File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "single_file.safetensors")))];

    [Theory]
    [MemberData(nameof(SingleFileCases))]
    public void The_official_spelling_holds_the_same_model(string path)
    {
        using var golden = new GoldenCase(path);
        using var file = SafetensorsCheckpoint.Open(Path.Combine(Path.GetDirectoryName(path)!, "single_file.safetensors"));

        Assert.Equal(Run(golden, golden.Weights(), WeightFormat.Float32, TestBackend.Instance), Run(golden, file, WeightFormat.Float32, TestBackend.Instance));
    }

    // The batch entries one after the other; text tokens that are masked are left out.
    private static float[] Run(GoldenCase golden, ISafetensorsSource weights, WeightFormat format, IBackend backend)
    {
        var config = LtxVideoTransformerConfig.Parse(golden.Config, hasCausalTimes: false);
        using var transformer = LtxVideoTransformer.Load(backend, config, weights, format);
        var (shape, textShape) = (golden.ShapeOf("in.hidden_states"), golden.ShapeOf("in.encoder_hidden_states"));
        var (batch, tokens, channels) = ((int)shape[0], (int)shape[1], (int)shape[2]);
        var (words, captionWidth) = ((int)textShape[1], (int)textShape[2]);
        var (latents, text, mask) = (golden.Floats("in.hidden_states"), golden.Floats("in.encoder_hidden_states"), golden.Floats("in.encoder_attention_mask"));
        var timesteps = golden.Floats("in.timestep");
        var result = new float[latents.Length];
        for (var b = 0; b < batch; b++)
        {
            var kept = Enumerable.Range(0, words).Where(word => mask[(b * words) + word] > 0).ToArray();
            var values = kept.SelectMany(word => text.AsSpan(((b * words) + word) * captionWidth, captionWidth).ToArray()).ToArray();
            using var context = transformer.Prepare(new TextEmbedding(kept.Length, captionWidth, values));
            using var rotary = LtxVideoRotary.FromFractions(backend, config, Fractions(golden, config, b, tokens));
            var perEntry = timesteps.Length / batch;
            var own = timesteps.AsSpan(b * perEntry, perEntry);
            var levels = perEntry == 1 ? NoiseLevels.Uniform(own[0]) : NoiseLevels.Of(own);
            using var scope = new TensorScope(backend.Memory);
            var velocity = scope.Empty([tokens, channels]);
            transformer.Predict(scope.From<float>(latents.AsSpan(b * tokens * channels, tokens * channels), [tokens, channels]), levels, context, rotary, velocity);
            velocity.AsReadOnlySpan<float>().CopyTo(result.AsSpan(b * tokens * channels));
        }

        return result;
    }

    // Either explicit coordinates, divided by the model's lengths, or the grid's own scaled ones, which know no causal first frame.
    private static (float, float, float)[] Fractions(GoldenCase golden, LtxVideoTransformerConfig config, int entry, int tokens)
    {
        var (t, h, w) = config.MaxPosition;
        var fractions = new (float, float, float)[tokens];
        if (golden.Has("in.video_coords"))
        {
            var coordinates = golden.Floats("in.video_coords").AsSpan(entry * 3 * tokens, 3 * tokens);
            for (var i = 0; i < tokens; i++)
                fractions[i] = (coordinates[i] / t, coordinates[tokens + i] / h, coordinates[(2 * tokens) + i] / w);
            return fractions;
        }

        var (rows, columns) = (golden.Scalars.GetProperty("height").GetInt32(), golden.Scalars.GetProperty("width").GetInt32());
        var scale = golden.Scalars.GetProperty("rope_interpolation_scale").EnumerateArray().Select(item => item.GetSingle()).ToArray();
        for (var i = 0; i < tokens; i++)
            fractions[i] = (i / (rows * columns) * scale[0] / t, i / columns % rows * scale[1] / h, i % columns * scale[2] / w);
        return fractions;
    }
}
