using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Tests.Models.LtxVideo;

public sealed class LatentUpsamplerGoldenTests(ITestOutputHelper output)
{
    public static TheoryData<string> Cases => [.. GoldenFolders.Cases("latent_upsampler")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Float_weights_give_the_reference(string path)
    {
        using var golden = new GoldenCase(path);

        var error = Closeness.Error(golden.Floats("out.latents"), Run(golden, WeightFormat.Float32, TestBackend.Instance));

        output.WriteLine($"{golden.Name}: float32 worst error {error:e1}");
        Assert.InRange(error, 0, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Small_weights_stay_close_to_the_reference(string path)
    {
        using var golden = new GoldenCase(path);
        foreach (var (format, backend, least) in TestBackend.Small)
        {
            var cosine = Closeness.Cosine(golden.Floats("out.latents"), Run(golden, format, backend));
            output.WriteLine($"{golden.Name}: {format} weights, {backend.Precision} products: cosine {cosine:f6}");
            Assert.InRange(cosine, least, 1.0001);
        }
    }

    private static float[] Run(GoldenCase golden, WeightFormat format, IBackend backend)
    {
        using var model = LatentUpsampler.Load(backend, LatentUpsamplerConfig.Parse(golden.Config), golden.Weights(), format);
        using var scope = new TensorScope(TestBackend.Instance.Memory);
        var grown = Planes.Empty(scope, golden.ShapeOf("out.latents"));
        model.Run(Planes.Turn(scope, golden.Floats("in.latents"), golden.ShapeOf("in.latents")), grown);
        return Planes.TurnBack(scope, grown);
    }
}
